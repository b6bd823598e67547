package io.heapspec.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/**
 * A page for browsers, in one file. What comes from the dump is there only as JSON that cannot end its element, and the
 * script shows it only as text; should that fail, the policy of the page lets no other script run, and nothing be loaded.
 */
final class HtmlPage {
    private HtmlPage() {}

    static void write(Page page, Path file) throws IOException {
        Files.writeString(file, html(page));
    }

    static String html(Page page) throws IOException {
        String style = resource("page.css");
        String script = resource("page.js");
        // The data comes last: nothing is replaced in what a dump has.
        return resource("page.html")
                .replace("@STYLE-HASH@", hash(style))
                .replace("@SCRIPT-HASH@", hash(script))
                .replace("@STYLE@", style)
                .replace("@SCRIPT@", script)
                .replace("@DATA@", data(page));
    }

    private static String data(Page page) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setHtmlSafe(true);
            json.beginObject();
            json.name("title").value(Escapes.controls(page.title()));
            json.name("summary");
            texts(json, page.summary());
            json.name("left").value(page.left());
            json.name("columns").beginArray();
            for (Page.Column column : page.columns()) {
                json.beginObject().name("name").value(column.name());
                json.name("text").value(column.kind() == Page.Kind.TEXT).endObject();
            }
            json.endArray();
            json.name("rows").beginArray();
            for (Page.Row row : page.rows()) {
                row(json, page.columns(), row);
            }
            json.endArray().endObject();
        }
        return text.toString();
    }

    private static void row(JsonWriter json, List<Page.Column> columns, Page.Row row) throws IOException {
        json.beginObject().name("cells").beginArray();
        for (int i = 0; i < columns.size(); i++) {
            json.value(Escapes.controls(columns.get(i).kind().write(row.cells().get(i))));
        }
        json.endArray().name("order").beginArray();
        for (Object cell : row.cells()) {
            if (cell instanceof Long number) {
                json.value(number);
            } else {
                json.value(Escapes.controls(cell.toString()));
            }
        }
        json.endArray().name("details");
        texts(json, row.details());
        json.endObject();
    }

    private static void texts(JsonWriter json, List<String> lines) throws IOException {
        json.beginArray();
        for (String line : lines) {
            json.value(Escapes.controls(line));
        }
        json.endArray();
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = HtmlPage.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n");
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
