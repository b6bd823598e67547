package io.heapspec.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.h2.Driver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;

/** Holds code with probes against the JVM's own verifier: all classes of some libraries, as several compilers made them. */
class AllocationProbesTests {

    private static final String CLASS_FILE = ".class";

    @BeforeAll
    static void findRecorder() throws AgentUnavailableException {
        BootRecorder.in(Attachment.instrumentation());
    }

    @ParameterizedTest
    @ValueSource(classes = {ObjectMapper.class, ImmutableList.class, GenericApplicationContext.class, Driver.class})
    void insertsOnlyCodeThatVerifies(Class<?> ofLibrary) throws Exception {
        List<String> broken = new ArrayList<>();
        int probed = 0;
        for (Code code : classesBeside(ofLibrary)) {
            byte[] withProbes = AllocationProbes.insertedInto(code.bytes(), new SiteTable(), false);
            if (withProbes != null) {
                probed++;
                if (!links(code.name(), withProbes) && links(code.name(), code.bytes())) {
                    broken.add(code.name());
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(probed).isPositive();
    }

    private static List<Code> classesBeside(Class<?> ofLibrary) throws IOException, URISyntaxException {
        Path jar = Path.of(
                ofLibrary.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<Code> found = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (name.endsWith(CLASS_FILE) && !name.startsWith("META-INF") && !name.contains("-info")) {
                    found.add(new Code(
                            name.substring(0, name.length() - CLASS_FILE.length())
                                    .replace('/', '.'),
                            file.getInputStream(entry).readAllBytes()));
                }
            }
        }
        return found;
    }

    /** Asking for methods links a class, which verifies it. */
    private static boolean links(String name, byte[] code) {
        try {
            new OneClass(name, code).loadClass(name).getDeclaredMethods();
            return true;
        } catch (ClassNotFoundException | NoClassDefFoundError missing) {
            // What the library needs may not be here; that says nothing about its code.
            return true;
        } catch (LinkageError refused) {
            return false;
        }
    }

    private record Code(String name, byte[] bytes) {}

    /** Defines one class anew, and has the others from its parent. */
    private static final class OneClass extends ClassLoader {

        private final String name;
        private final byte[] code;

        OneClass(String name, byte[] code) {
            super(AllocationProbesTests.class.getClassLoader());
            this.name = name;
            this.code = code;
        }

        @Override
        protected Class<?> loadClass(String asked, boolean resolve) throws ClassNotFoundException {
            if (!asked.equals(name)) {
                return super.loadClass(asked, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known == null ? defineClass(name, code, 0, code.length) : known;
        }
    }
}
