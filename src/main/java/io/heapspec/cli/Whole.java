package io.heapspec.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number that is not negative. */
record Whole(long value) {
    /** Reads one from the command line. */
    static final class Converter implements ITypeConverter<Whole> {
        @Override
        public Whole convert(String text) {
            try {
                long value = Long.parseLong(text);
                if (value >= 0) {
                    return new Whole(value);
                }
            } catch (NumberFormatException none) {
                // Told below, as what is negative is.
            }
            throw new TypeConversionException("'" + text + "' is not a number from 0 on");
        }
    }
}
