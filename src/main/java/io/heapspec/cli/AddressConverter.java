package io.heapspec.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 0x7ff01c28}. */
final class AddressConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            return Long.parseUnsignedLong(text.replaceFirst("^0[xX]", ""), 16);
        } catch (NumberFormatException none) {
            throw new TypeConversionException("'" + text + "' is no address such as 0x7ff01c28");
        }
    }
}
