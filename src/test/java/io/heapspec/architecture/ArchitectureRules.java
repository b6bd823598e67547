package io.heapspec.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules about which package may know which, for a given root package, so that the same rules can be held against
 * the product and against fixtures that break them.
 */
public final class ArchitectureRules {

    private static final List<String> EXPORTED = List.of("", "assertj", "heap", "heap.growth", "result");
    private static final List<String> WITNESSES = List.of(
            "internal.census",
            "internal.trace",
            "internal.agent",
            "internal.counters",
            "internal.gc",
            "internal.retention",
            "internal.threads");
    private static final List<String> WITHOUT_JUNIT = List.of(
            "internal.protocol",
            "internal.allocation",
            "internal.baseline",
            "internal.suppression",
            "internal.deepsize",
            "internal.disposable",
            "internal.watch",
            "internal.census",
            "internal.gc",
            "internal.counters",
            "internal.retention",
            "internal.threads",
            "internal.hprof",
            "internal.sanitize",
            "internal.report",
            "internal.advice",
            "internal.util",
            "cli",
            "heap",
            "heap.growth",
            "result");

    /** Package to the packages it may use; everything but a leaf may use the leaves as well. */
    private static final Map<String, List<String>> MAY_USE = mayUse();

    private final String root;

    public ArchitectureRules(String root) {
        this.root = root;
    }

    private static Map<String, List<String>> mayUse() {
        var table = new LinkedHashMap<String, List<String>>();
        table.put(
                "",
                List.of(
                        "internal.protocol",
                        "internal.allocation",
                        "internal.baseline",
                        "internal.suppression",
                        "internal.deepsize",
                        "internal.disposable",
                        "internal.watch",
                        "heap",
                        "internal.rerun",
                        "internal.threads",
                        "internal.trace",
                        "internal.report",
                        "internal.advice"));
        table.put(
                "assertj",
                List.of("heap", "internal.deepsize", "internal.report", "internal.retention", "internal.watch"));
        table.put(
                "cli",
                List.of(
                        "heap",
                        "heap.growth",
                        "internal.report",
                        "internal.retention",
                        "internal.hprof",
                        "internal.sanitize"));
        table.put("heap.growth", List.of("heap", "internal.retention"));
        table.put(
                "internal.protocol",
                Stream.concat(
                                WITNESSES.stream(),
                                Stream.of("heap", "internal.allocation", "internal.disposable", "internal.suppression"))
                        .toList());
        table.put("internal.watch", List.of("heap", "internal.census", "internal.gc", "internal.retention"));
        table.put("internal.allocation", List.of("internal.census", "internal.gc"));
        table.put("internal.rerun", List.of("internal.protocol", "internal.allocation"));
        table.put("internal.report", List.of("internal.agent", "internal.advice"));
        table.put("internal.advice", List.of());
        table.put("internal.baseline", List.of());
        table.put("internal.suppression", List.of());
        table.put("internal.deepsize", List.of());
        table.put("internal.disposable", List.of());
        table.put("internal.census", List.of());
        table.put("internal.gc", List.of());
        table.put("internal.trace", List.of());
        table.put("internal.agent", List.of());
        table.put("internal.counters", List.of());
        table.put("internal.retention", List.of("heap"));
        table.put("internal.threads", List.of());
        table.put("heap", List.of("internal.hprof"));
        table.put("internal.sanitize", List.of("internal.hprof"));
        table.put("internal.hprof", List.of());
        table.replaceAll((user, used) -> Stream.of(Stream.of(user), used.stream(), Stream.of("internal.util", "result"))
                .flatMap(names -> names)
                .toList());
        table.put("internal.util", List.of("internal.util"));
        table.put("result", List.of("result"));
        return table;
    }

    public ArchRule everyPackageHasAPlace() {
        return classes()
                .should()
                .resideInAnyPackage(patterns(MAY_USE.keySet()))
                .because("a new package needs a place in the order of packages")
                .allowEmptyShould(true);
    }

    public ArchRule dependenciesPointDown() {
        CompositeArchRule rules = null;
        for (var row : MAY_USE.entrySet()) {
            var allowed = resideInAnyPackage(patterns(row.getValue())).or(not(resideInAPackage(root + "..")));
            var rule = classes()
                    .that()
                    .resideInAPackage(pattern(row.getKey()))
                    .should()
                    .onlyDependOnClassesThat(allowed)
                    .allowEmptyShould(true);
            rules = rules == null ? CompositeArchRule.of(rule) : rules.and(rule);
        }
        return rules;
    }

    public ArchRule packagesHaveNoCycles() {
        return slices().assignedFrom(packages()).should().beFreeOfCycles().allowEmptyShould(true);
    }

    public ArchRule witnessesDoNotKnowOneAnother() {
        return slices().assignedFrom(witnesses())
                .should()
                .notDependOnEachOther()
                .because("a verdict needs independent sources; only the protocol brings them together")
                .allowEmptyShould(true);
    }

    public ArchRule onlyTheRerunUsesTheLauncher() {
        return noClasses()
                .that(not(resideInAPackage(pattern("internal.rerun"))).and(not(launcherListener())))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit.platform.launcher..")
                .because("the launcher may be missing where the tests run")
                .allowEmptyShould(true);
    }

    public ArchRule junitStaysOutside() {
        return noClasses()
                .that()
                .resideInAnyPackage(patterns(WITHOUT_JUNIT))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.junit..")
                .because("measuring and judging have to work without a test framework")
                .allowEmptyShould(true);
    }

    public ArchRule onlyTheTraceUsesFlightRecorder() {
        return only("internal.trace", "jdk.jfr..");
    }

    public ArchRule onlyTheAgentUsesByteBuddy() {
        return only("internal.agent", "net.bytebuddy..");
    }

    public ArchRule onlyTheAssertionsUseAssertJ() {
        return only("assertj", "org.assertj..");
    }

    public ArchRule onlyDeepSizesUseJol() {
        return only("internal.deepsize", "org.openjdk.jol..");
    }

    public ArchRule onlyTheCommandLineUsesPicocli() {
        return only("cli", "picocli..");
    }

    public ArchRule onlyGcForcesCollections() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(pattern("internal.gc"))
                .should()
                .accessTargetWhere(target(member("gc", "java.lang.System", "java.lang.Runtime"))
                        .or(target(member("gc", "java.lang.management.MemoryMXBean"))))
                .because("a collection counts only when it is confirmed, and internal.gc confirms it")
                .allowEmptyShould(true);
    }

    public ArchRule nothingPrintsToTheConsole() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(pattern("cli"), pattern("internal.deepsize"))
                .should()
                .accessTargetWhere(target(member("out", "java.lang.System"))
                        .or(target(member("err", "java.lang.System")))
                        .or(target(describe(
                                "printStackTrace()",
                                target -> target.getName().equals("printStackTrace")
                                        && target.getOwner().isAssignableTo(Throwable.class)))))
                .because(
                        "only a command line may print; everything else logs or reports, and keeps a library quiet that does not")
                .allowEmptyShould(true);
    }

    public ArchRule namesSayWhatAClassIs() {
        return noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl)(\\$.*)?")
                .because("such a name hides the idea behind the class")
                .allowEmptyShould(true);
    }

    public ArchRule signaturesShowNoInternalType() {
        return classes()
                .that()
                .resideInAnyPackage(patterns(EXPORTED))
                .should(Conditions.showOnly(not(resideInAPackage(root + ".internal.."))))
                .allowEmptyShould(true);
    }

    public ArchRule everyPackageIsNullMarked() {
        return classes()
                .that(describe("are not nested", JavaClass::isTopLevelClass))
                .should(Conditions.beInAPackageAnnotatedWith(NullMarked.class))
                .allowEmptyShould(true);
    }

    private ArchRule only(String user, String used) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(pattern(user))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(used)
                .allowEmptyShould(true);
    }

    private static DescribedPredicate<AccessTarget> member(String name, String... owners) {
        return describe(
                String.join(" or ", owners) + "." + name,
                target -> target.getName().equals(name)
                        && Set.of(owners).contains(target.getOwner().getName()));
    }

    private static DescribedPredicate<JavaClass> launcherListener() {
        return describe(
                "launcher listener",
                type -> type.isAssignableTo("org.junit.platform.launcher.LauncherSessionListener")
                        || type.isAssignableTo("org.junit.platform.launcher.TestExecutionListener"));
    }

    private SliceAssignment packages() {
        return assignment("packages", type -> SliceIdentifier.of(type.getPackageName()));
    }

    private SliceAssignment witnesses() {
        return assignment(
                "witnesses",
                type -> WITNESSES.stream()
                        .filter(name -> (type.getPackageName() + ".").startsWith(root + "." + name + "."))
                        .findFirst()
                        .map(SliceIdentifier::of)
                        .orElse(SliceIdentifier.ignore()));
    }

    private static SliceAssignment assignment(String description, Function<JavaClass, SliceIdentifier> assign) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                return assign.apply(type);
            }

            @Override
            public String getDescription() {
                return description;
            }
        };
    }

    /** The root stands for itself alone, every other name for its subpackages too. */
    private String pattern(String name) {
        if (name.isEmpty()) {
            return root;
        }
        boolean hasOthersInside = MAY_USE.keySet().stream().anyMatch(other -> other.startsWith(name + "."));
        return root + "." + name + (hasOthersInside ? "" : "..");
    }

    private String[] patterns(Iterable<String> names) {
        var patterns = Stream.<String>builder();
        names.forEach(name -> patterns.add(pattern(name)));
        return patterns.build().toArray(String[]::new);
    }
}
