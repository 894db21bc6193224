package io.warmgate.operator.walls;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The walls within the operator, each with its reason. */
class WallsTest {
  private static final JavaClasses OPERATOR =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.warmgate.operator");

  private static final String[] PURE = {
    "io.warmgate.operator.snapshot..",
    "io.warmgate.operator.source..",
    "io.warmgate.operator.translate..",
    "io.warmgate.operator.manifest..",
    "io.warmgate.operator.status.."
  };

  static List<ArchRule> rules() {
    return List.of(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(
                DescribedPredicate.describe(
                    "are the Kubernetes client or the operator SDK",
                    any ->
                        (any.getPackageName().startsWith("io.fabric8.kubernetes.client")
                                && !any.isEquivalentTo(CustomResource.class))
                            || any.getPackageName().startsWith("io.javaoperatorsdk")))
            .because("a decision that can call the API server cannot be replayed from a file"),
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "reads the clock, the environment or chance", WallsTest::isAmbient))
            .because("the same snapshot has to give the same bytes, also after a restart"),
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.slf4j..", "java.nio.file..", "java.net.http..")
            .because("what a pure part has to say is in what it returns"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.operator.snapshot..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.operator.translate..",
                "io.warmgate.operator.manifest..",
                "io.warmgate.operator.status..")
            .because("what was seen does not depend on what is made of it"),
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.warmgate.operator.translate..", "io.warmgate.operator.manifest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.warmgate.operator.status..")
            .because("what runs must not follow from what was told of it"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.operator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.server..", "io.warmgate.httpcache..", "io.lettuce..", "io.vertx..")
            .because("operator and runtime share the contract alone, and are upgraded apart"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stands(ArchRule rule) {
    rule.check(OPERATOR);
  }

  private static boolean isAmbient(JavaCall<?> call) {
    String owner = call.getTargetOwner().getFullName();
    String name = call.getName();
    boolean clock =
        (owner.startsWith("java.time.") && name.equals("now"))
            || (owner.equals("java.lang.System")
                && (name.startsWith("currentTime")
                    || name.startsWith("nanoTime")
                    || name.startsWith("getenv")
                    || name.startsWith("getProperty")));
    boolean chance =
        (owner.equals("java.lang.Math") && name.equals("random"))
            || (owner.equals("java.util.UUID") && name.equals("randomUUID"));
    return clock || chance;
  }
}
