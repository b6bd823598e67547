package io.heapspec.internal.advice;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the data against the classes that are here: names inside a JDK or a library change, and then an entry is dead. */
class KnownSitesTests {

    private static final int JDK = Runtime.version().feature();

    static List<KnownSite> sites() {
        return KnownSites.ofFields().all();
    }

    static Stream<KnownSite> all() {
        return Stream.concat(sites().stream(), KnownSites.ofFrameworks().all().stream());
    }

    @ParameterizedTest
    @MethodSource("sites")
    void areThereOnTheJdksTheyName(KnownSite site) throws IOException {
        assumeTrue(JDK == 17 || JDK == 25, "sites are said to be in JDK 17 or 25");
        for (SitePattern pattern : site.patterns()) {
            if (!pattern.jdks().isEmpty() && !pattern.type().contains("*")) {
                assertThat(exists(pattern))
                        .as(pattern.toString())
                        .isEqualTo(pattern.jdks().contains(JDK));
            }
        }
    }

    /** Spring brings a class of Commons Logging's name, but not its fields. */
    @ParameterizedTest
    @MethodSource("sites")
    void areThereInTheLibrariesThatAreHere(KnownSite site) throws IOException {
        for (SitePattern pattern : site.patterns()) {
            boolean here =
                    !site.id().equals("commons-logging") && pattern.jdks().isEmpty() && bytesOf(pattern.type()) != null;
            assertThat(!here || exists(pattern)).as(pattern.toString()).isTrue();
        }
    }

    @Test
    void nameTheJdkOrALibrary() {
        assertThat(sites())
                .allSatisfy(site -> assertThat(site.patterns())
                        .isNotEmpty()
                        .allMatch(pattern ->
                                pattern.jdks().isEmpty() != site.library().isEmpty()));
    }

    @Test
    void haveEachAnIdOfItsOwnAndTwoSentences() {
        assertThat(sites()).extracting(KnownSite::id).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z0-9-]+"));
        assertThat(all()).hasSizeGreaterThan(45).allSatisfy(site -> {
            assertThat(site.why()).matches("[A-Zj].+[^.]\\.");
            assertThat(site.cure()).matches("[A-Z].+[^.]\\.");
        });
        assertThat(KnownSites.ofFrameworks().all()).allMatch(site -> site.kind() != null);
    }

    @Test
    void areListedInTheDocuments() throws IOException {
        String page = Files.readString(Path.of("docs/known-sites.md"));

        assertThat(page.lines().filter(line -> line.startsWith("| `")))
                .containsExactlyElementsOf(
                        sites().stream().map(KnownSitesTests::row).toList());
    }

    private static String row(KnownSite site) {
        String places = site.patterns().stream()
                .map(pattern -> "`" + pattern.type()
                        + (pattern.fields().isEmpty() ? "" : ":" + String.join(",", pattern.fields())) + "`"
                        + (pattern.jdks().size() == 1
                                ? " (JDK " + pattern.jdks().get(0) + ")"
                                : ""))
                .collect(joining(", "));
        String library = site.library().isEmpty() ? "JDK" : site.library();
        return "| `" + site.id() + "` | " + library + " | " + places + " | " + site.why() + " " + site.cure() + " |";
    }

    private static boolean exists(SitePattern pattern) throws IOException {
        Set<String> fields = fieldsOf(pattern.type());
        return fields != null
                && pattern.fields().stream().allMatch(field -> field.contains("*") || fields.contains(field));
    }

    /** Read, not loaded: reflection hides some fields, and loading runs no code here. */
    private static Set<String> fieldsOf(String type) throws IOException {
        byte[] bytes = bytesOf(type);
        if (bytes == null) {
            return null;
        }
        Set<String> fields = new HashSet<>();
        ClassReader reader = new ClassReader(bytes);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public FieldVisitor visitField(
                            int access, String name, String descriptor, String generic, Object value) {
                        fields.add(name);
                        return null;
                    }
                },
                ClassReader.SKIP_CODE);
        if (reader.getSuperName() != null) {
            Set<String> inherited = fieldsOf(reader.getSuperName().replace('/', '.'));
            fields.addAll(inherited == null ? Set.of() : inherited);
        }
        return fields;
    }

    private static byte[] bytesOf(String type) throws IOException {
        try (InputStream file = ClassLoader.getSystemResourceAsStream(type.replace('.', '/') + ".class")) {
            return file == null ? null : file.readAllBytes();
        }
    }
}
