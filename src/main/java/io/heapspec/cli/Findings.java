package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.List;

/** What a command found. */
interface Findings {
    /** Returns the lines to print, control characters not yet escaped. */
    List<String> text();

    /** Writes the fields, into an object that is open. */
    void json(JsonWriter json) throws IOException;

    /** Returns what to tell scripts. */
    default int exitCode() {
        return ExitCode.OK;
    }
}
