package io.heapspec.internal.agent;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.utility.OpenedClassReader;
import org.jspecify.annotations.Nullable;

/** Makes a class report what it allocates. Classes outside the JDK also report which line of theirs runs. */
final class AllocationProbes extends ClassVisitor {

    private final SiteTable sites;
    private final MethodsOfClass methods;
    private final boolean ofJdk;
    private String className = "";
    private @Nullable String source;

    private AllocationProbes(ClassVisitor next, SiteTable sites, MethodsOfClass methods, boolean ofJdk) {
        super(OpenedClassReader.ASM_API, next);
        this.sites = sites;
        this.methods = methods;
        this.ofJdk = ofJdk;
    }

    /**
     * Returns the class with probes.
     *
     * @param ofJdk whether its lines are no sites of their own
     * @return null if it allocates nothing, and calls nothing that might
     * @throws RuntimeException if its code is not understood, or becomes too large
     */
    static byte @Nullable [] insertedInto(byte[] code, SiteTable sites, boolean ofJdk) {
        ClassReader reader = OpenedClassReader.of(code);
        MethodsOfClass methods = MethodsOfClass.of(reader, !ofJdk);
        if (methods.needNoProbes()) {
            return null;
        }
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new AllocationProbes(writer, sites, methods, ofJdk), ofJdk ? 0 : ClassReader.EXPAND_FRAMES);
        return writer.toByteArray();
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        className = name.replace('/', '.');
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public void visitSource(@Nullable String file, @Nullable String debug) {
        source = file;
        super.visitSource(file, debug);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        if (!methods.needsProbes(name + descriptor)) {
            return next;
        }
        if (ofJdk) {
            return new CountedAllocations(next, sites);
        }
        int keptAt = methods.mayBeCalledByJdk(name + descriptor)
                ? MethodsOfClass.argumentsSize(access, descriptor)
                : TracedLines.NOT_KEPT;
        MethodSite site = new MethodSite(sites.method(className, name, source), className);
        return new CountedAllocations(new TracedLines(next, site, methods, keptAt), sites);
    }
}
