/** The one door to native code: every class that touches JavaCPP first goes through {@link io.personalive.natives.NativeLibraries}. */
package io.personalive.natives;
