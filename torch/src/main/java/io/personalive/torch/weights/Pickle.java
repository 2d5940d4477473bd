package io.personalive.torch.weights;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the part of Python's pickle that state dicts are written in, as plain values: maps, lists, tuples (arrays),
 * texts, whole numbers, fractions, truth values and what {@link TorchObjects} makes. Nothing is ever imported or
 * called: what names anything else, or an instruction outside that part, is refused by name.
 */
final class Pickle {
    /** The largest official state dict takes a hundredth of these. */
    static final int LARGEST = 16 << 20;
    private static final int MOST_VALUES = 1_000_000;

    private static final Object MARK = new Object() {};
    /** Python's None: collections here hold no nulls. */
    static final Object NONE = new Object() {};

    private final ByteBuffer bytes;
    private final CheckpointFile file;
    private final Deque<Object> stack = new ArrayDeque<>();
    private final Map<Integer, Object> memo = new HashMap<>();
    private int values;

    private Pickle(ByteBuffer bytes, CheckpointFile file) {
        this.bytes = bytes.order(ByteOrder.LITTLE_ENDIAN);
        this.file = file;
    }

    /** @throws CheckpointException if it is damaged or asks for what a state dict never needs */
    static Object read(ByteBuffer bytes, CheckpointFile file) {
        try {
            return new Pickle(bytes, file).run();
        } catch (BufferUnderflowException | ClassCastException malformed) {
            throw damaged(file);
        }
    }

    private static CheckpointException damaged(CheckpointFile file) {
        return file.refuse("its data.pkl is malformed. " + CheckpointFile.DOWNLOAD_AGAIN);
    }

    private Object run() {
        while (true) {
            int opcode = Byte.toUnsignedInt(bytes.get());
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> bytes.get();                                            // PROTO
            case 0x95 -> bytes.getLong();                                        // FRAME
            case '(' -> push(MARK);
            case 'N' -> push(NONE);
            case 0x88 -> push(true);                                             // NEWTRUE
            case 0x89 -> push(false);                                            // NEWFALSE
            case 'K' -> push((long) Byte.toUnsignedInt(bytes.get()));            // BININT1
            case 'M' -> push((long) Short.toUnsignedInt(bytes.getShort()));      // BININT2
            case 'J' -> push((long) bytes.getInt());                             // BININT
            case 0x8a -> push(longNumber(Byte.toUnsignedInt(bytes.get())));      // LONG1
            case 'G' -> push(Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()))); // BINFLOAT
            case 'X' -> push(text(Integer.toUnsignedLong(bytes.getInt())));      // BINUNICODE
            case 0x8c -> push(text(Byte.toUnsignedInt(bytes.get())));            // SHORT_BINUNICODE
            case 0x8d -> push(text(bytes.getLong()));                            // BINUNICODE8
            case '}' -> push(new LinkedHashMap<>());                             // EMPTY_DICT
            case ']' -> push(new ArrayList<>());                                 // EMPTY_LIST
            case ')' -> push(new Object[0]);                                     // EMPTY_TUPLE
            case 0x85 -> push(tuple(1));
            case 0x86 -> push(tuple(2));
            case 0x87 -> push(tuple(3));
            case 't' -> push(sinceMark().toArray());                             // TUPLE
            case 'a' -> append(Arrays.asList(tuple(1)));                         // APPEND
            case 'e' -> append(sinceMark());                                     // APPENDS
            case 's' -> put(Arrays.asList(tuple(2)));                            // SETITEM
            case 'u' -> put(sinceMark());                                        // SETITEMS
            case 'q' -> remember(Byte.toUnsignedInt(bytes.get()));               // BINPUT
            case 'r' -> remember(bytes.getInt());                                // LONG_BINPUT
            case 0x94 -> remember(memo.size());                                  // MEMOIZE
            case 'h' -> push(remembered(Byte.toUnsignedInt(bytes.get())));       // BINGET
            case 'j' -> push(remembered(bytes.getInt()));                        // LONG_BINGET
            case 'c' -> push(TorchObjects.global(file, line(), line()));         // GLOBAL
            case 0x93 -> {                                                       // STACK_GLOBAL
                Object[] name = tuple(2);
                push(TorchObjects.global(file, (String) name[0], (String) name[1]));
            }
            case 'R' -> {                                                        // REDUCE
                Object[] call = tuple(2);
                Object made = TorchObjects.rebuild(file, call[0], (Object[]) call[1]);
                if (made instanceof TorchObjects.StoredTensor tensor) {
                    count(2 * tensor.shape().length); // shape and strides are copies: a file may give many tensors the same tuple
                }
                push(made);
            }
            case 'Q' -> push(TorchObjects.storage(file, (Object[]) pop()));      // BINPERSID
            case 'b' -> {                                                        // BUILD
                Object state = pop();
                TorchObjects.checkState(file, top(), state);
            }
            default -> throw file.refuse(String.format(Locale.ROOT, "its data.pkl uses instruction 0x%02x, which a state dict never"
                    + " needs; nothing was run. %s", opcode, TorchObjects.SAVE_TENSORS_ONLY));
        }
    }

    private void push(Object value) {
        count(1);
        stack.push(value);
    }

    private void count(int more) {
        values += more;
        if (values > MOST_VALUES) {
            throw file.refuse("its data.pkl holds more values than any state dict. " + TorchObjects.SAVE_TENSORS_ONLY);
        }
    }

    private Object pop() {
        if (stack.isEmpty() || stack.peek() == MARK) {
            throw damaged(file);
        }
        return stack.pop();
    }

    private Object top() {
        if (stack.isEmpty() || stack.peek() == MARK) {
            throw damaged(file);
        }
        return stack.peek();
    }

    private Object[] tuple(int length) {
        Object[] items = new Object[length];
        for (int i = length - 1; i >= 0; i--) {
            items[i] = pop();
        }
        return items;
    }

    private List<Object> sinceMark() {
        List<Object> items = new ArrayList<>();
        while (!stack.isEmpty() && stack.peek() != MARK) {
            items.add(stack.pop());
        }
        if (stack.isEmpty()) {
            throw damaged(file);
        }
        stack.pop();
        Collections.reverse(items);
        return items;
    }

    private void append(List<Object> items) {
        @SuppressWarnings("unchecked") // every list here is one of objects; anything else fails the cast
        ArrayList<Object> list = (ArrayList<Object>) top();
        list.addAll(items);
    }

    private void put(List<Object> items) {
        @SuppressWarnings("unchecked") // as above
        Map<Object, Object> map = (Map<Object, Object>) top();
        for (int i = 0; i < items.size(); i += 2) {
            Object key = items.get(i);
            if (i + 1 == items.size() || !(key instanceof String || key instanceof Long)) {
                throw damaged(file);
            }
            if (map.put(key, items.get(i + 1)) != null) {
                throw file.refuse("its data.pkl holds " + key + " twice. " + CheckpointFile.DOWNLOAD_AGAIN);
            }
        }
    }

    /** Python remembers a value once: more numbers than values mean that the file only wants memory. */
    private void remember(int index) {
        memo.put(index, top());
        if (memo.size() > values) {
            throw file.refuse("its data.pkl remembers more values than it holds. " + TorchObjects.SAVE_TENSORS_ONLY);
        }
    }

    private Object remembered(int index) {
        Object value = memo.get(index);
        if (value == null) {
            throw damaged(file);
        }
        return value;
    }

    private long longNumber(int length) {
        if (length > Long.BYTES) {
            throw damaged(file);
        }
        long number = 0;
        for (int i = 0; i < length; i++) {
            byte part = bytes.get();
            number |= (i + 1 == length ? (long) part : Byte.toUnsignedLong(part)) << 8 * i; // the last carries the sign
        }
        return number;
    }

    private String text(long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw damaged(file);
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private String line() {
        int start = bytes.position();
        int end = start;
        while (bytes.get() != '\n') {
            end++;
        }
        return new String(bytes.array(), bytes.arrayOffset() + start, end - start, StandardCharsets.UTF_8);
    }
}
