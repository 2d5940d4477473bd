package io.personalive.torch.training;

import io.personalive.torch.Scope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/** An operator of libtorch that the binding has no method for, called through libtorch's dispatcher by its name. */
final class Operator {
    private final OperatorHandle handle;

    private Operator(OperatorHandle handle) {
        this.handle = handle;
    }

    /** @return the operator, or null where this libtorch has none of this name */
    static Operator find(String name) {
        try (Scope scope = new Scope()) {
            return new Operator(Scope.own(Dispatcher.singleton().findSchemaOrThrow(name, "")));
        } catch (RuntimeException unknown) {
            return null;
        }
    }

    /** Runs it on the thread's device for the tensors it is given; results are left. */
    void call(IValue... arguments) {
        try (Scope scope = new Scope()) {
            handle.callBoxed(new IValueVector(arguments));
        }
    }

    static IValue tensors(Iterable<Tensor> tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        for (Tensor tensor : tensors) {
            list.push_back(new IValue(tensor));
        }
        return new IValue(list);
    }
}
