package io.sluice.system;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.sluice.system.stack.ProjectRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of modules, packages and names that a compiler does not know. */
class ArchitectureTest {

    private static final List<String> MODULES = List.of(
            "contract",
            "run-engine",
            "integrations-service",
            "webhook-ingress-service",
            "scheduler-service",
            "local",
            "benchmarks");
    private static final String INTEGRATIONS = "io.sluice.integrations..";
    private static final String INGRESS = "io.sluice.ingress..";
    private static final String SCHEDULER = "io.sluice.scheduler..";
    private static final String CONTRACT = "io.sluice.contract..";
    private static final String RUN_ENGINE = "io.sluice.run..";
    private static final String LOCAL = "io.sluice.local..";
    private static final String BENCHMARKS = "io.sluice.benchmarks..";

    /** What JMH writes around the methods that it measures. */
    private static final ImportOption NOT_GENERATED = location -> !location.contains("/jmh_generated/");

    /** Where the present may be looked up other than through a given clock. */
    private static final Set<String> NOW = Set.of(
            Instant.class.getName(),
            LocalDate.class.getName(),
            LocalDateTime.class.getName(),
            LocalTime.class.getName(),
            OffsetDateTime.class.getName(),
            ZonedDateTime.class.getName());

    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(NOT_GENERATED)
            .importPaths(MODULES.stream()
                    .map(ArchitectureTest::classesOf)
                    .filter(Files::isDirectory)
                    .toList());

    @ParameterizedTest
    @ValueSource(strings = {INTEGRATIONS, INGRESS, SCHEDULER, CONTRACT, RUN_ENGINE, LOCAL, BENCHMARKS})
    void everyModuleIsLookedAt(String packages) {
        String root = packages.substring(0, packages.length() - 2);

        assertThat(PRODUCT.containPackage(root)).as("%s is built", root).isTrue();
    }

    @Test
    void servicesNeverDependOnEachOther() {
        check(noClasses()
                .that()
                .resideInAPackage(INTEGRATIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INGRESS, SCHEDULER));
        check(noClasses()
                .that()
                .resideInAPackage(INGRESS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INTEGRATIONS, SCHEDULER));
        check(noClasses()
                .that()
                .resideInAPackage(SCHEDULER)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INTEGRATIONS, INGRESS));
    }

    @Test
    void nothingOfTheProductDependsOnTheLocalStack() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(LOCAL)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(LOCAL));
    }

    @Test
    void nothingOfTheProductDependsOnTheBenchmarksOrTheirPeers() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(BENCHMARKS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        BENCHMARKS,
                        "com.github.kagkarlsson..",
                        "io.serverlessworkflow..",
                        "org.jobrunr..",
                        "org.openjdk.jmh.."));
    }

    @Test
    void librariesAndTheLauncherNeverDependOnServices() {
        check(noClasses()
                .that()
                .resideInAnyPackage(CONTRACT, RUN_ENGINE, LOCAL, BENCHMARKS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(INTEGRATIONS, INGRESS, SCHEDULER));
    }

    @Test
    void theContractDependsOnNoOtherModule() {
        check(noClasses()
                .that()
                .resideInAPackage(CONTRACT)
                .should()
                .dependOnClassesThat(describe(
                        "belong to another module",
                        target -> target.getPackageName().startsWith("io.sluice.")
                                && !target.getPackageName().startsWith("io.sluice.contract"))));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("io.sluice.(**)").should().beFreeOfCycles());
    }

    @Test
    void theLanguageIsPlainJava() {
        check(noClasses()
                .that()
                .resideInAnyPackage(
                        "io.sluice.run.flow..",
                        "io.sluice.run.expression..",
                        "io.sluice.run.step..",
                        "io.sluice.run.http..",
                        "io.sluice.run.schedule..",
                        "io.sluice.run.seal..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.quarkus..", "jakarta.enterprise..", "java.sql..", "org.jdbi.."));
    }

    @Test
    void timeComesInFromOutside() {
        check(noClasses().should().accessTargetWhere(describe("look at the machine's clock", ArchitectureTest::isNow)));
    }

    @Test
    void theSystemClockEntersAtTheRimOnly() {
        check(noClasses()
                .that(describe("are no rim", type -> !isRim(type)))
                .should()
                .accessTargetWhere(describe(
                        "take the system's clock",
                        access -> isCallOf(access, InstantSource.class)
                                && access.getTarget().getName().equals("system"))));
    }

    @Test
    void namesSayWhatAThingIs() {
        check(noClasses()
                .should()
                .haveNameMatching(".*[.$]([A-Za-z0-9]*(Manager|Helper|Utils?|Impl)|(Abstract|Base)[A-Z].*)"));
    }

    @Test
    void packagesAreNullMarked() {
        assertThat(PRODUCT.stream().map(JavaClass::getPackage).distinct())
                .as("packages with a @NullMarked package-info")
                .allSatisfy(ArchitectureTest::requireNullMarked);
    }

    @Test
    void resourcesHoldNoSql() {
        check(noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi.."));
    }

    @Test
    void whatIsCalledAnExceptionIsOne() {
        check(classes().that().haveSimpleNameEndingWith("Exception").should().beAssignableTo(Exception.class));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(PRODUCT);
    }

    private static void requireNullMarked(JavaPackage javaPackage) {
        assertThat(javaPackage.isAnnotatedWith(NullMarked.class))
                .as(javaPackage.getName())
                .isTrue();
    }

    private static boolean isNow(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        return (NOW.contains(owner) && name.equals("now"))
                || (owner.equals(Clock.class.getName()) && name.startsWith("system"))
                || (owner.equals(System.class.getName()) && name.equals("currentTimeMillis"));
    }

    private static boolean isCallOf(JavaAccess<?> access, Class<?> owner) {
        return access.getTargetOwner().getName().equals(owner.getName());
    }

    /** Producers of beans, programs, and the launcher and benchmarks, which have no container to get a clock from. */
    private static boolean isRim(JavaClass type) {
        return type.getPackageName().startsWith("io.sluice.local")
                || type.getPackageName().startsWith("io.sluice.benchmarks")
                || type.getMethods().stream()
                        .anyMatch(method -> method.getName().equals("main")
                                || method.isAnnotatedWith("jakarta.enterprise.inject.Produces"));
    }

    private static Path classesOf(String module) {
        return ProjectRoot.find().resolve(module).resolve("target/classes");
    }
}
