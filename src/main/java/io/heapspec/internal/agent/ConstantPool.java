package io.heapspec.internal.agent;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;

/** The constants of a class, as far as they say what can be done with it. */
final class ConstantPool {

    private static final int FLOAT = 4;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;

    private final ClassReader reader;

    ConstantPool(ClassReader reader) {
        this.reader = reader;
    }

    /** Returns the internal names of the classes that are named, arrays by their elements. */
    List<String> classes() {
        List<String> names = new ArrayList<>();
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int i = 1; i < reader.getItemCount(); i++) {
            if (tag(i) == CLASS) {
                names.add(elementOf(reader.readUTF8(reader.getItem(i), buffer)));
            }
        }
        return names;
    }

    /**
     * Tells whether the class can be redefined again and again. The JVM looks for each new constant among the old ones, and adds it if there is none
     * that is equal: NaN equals nothing, so that the constants of a class that has it grow with every redefinition, in the end for seconds. Seen on
     * JDK 25 with {@code FloatingDecimal}.
     */
    boolean canBeRedefined() {
        for (int i = 1; i < reader.getItemCount(); i++) {
            int offset = reader.getItem(i);
            if (tag(i) == FLOAT && Float.isNaN(Float.intBitsToFloat(reader.readInt(offset)))
                    || tag(i) == DOUBLE && Double.isNaN(Double.longBitsToDouble(reader.readLong(offset)))) {
                return false;
            }
        }
        return true;
    }

    private int tag(int item) {
        int offset = reader.getItem(item);
        return offset == 0 ? 0 : reader.readByte(offset - 1);
    }

    private static String elementOf(String name) {
        return name.endsWith(";") ? name.substring(name.indexOf('L') + 1, name.length() - 1) : name;
    }
}
