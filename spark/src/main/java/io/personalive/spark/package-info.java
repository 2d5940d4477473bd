/** The preparation of training data as a job of Apache Spark, for collections that outgrow one machine. */
package io.personalive.spark;
