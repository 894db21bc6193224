package io.warmgate.ai.walls;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What this module must not use, each with its reason. */
class WallsTest {
  private static final JavaClasses AI =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.warmgate.ai");

  static List<ArchRule> rules() {
    return List.of(
        classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.ai..",
                "com.fasterxml.jackson..",
                "org.jspecify..",
                "java.lang..",
                "java.util..",
                "java.math..",
                "java.nio",
                "java.nio.charset",
                "java.security..",
                "java.io..")
            .because("a translation that can do I/O or log cannot be held by files of cases"),
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.io\\.(File|Random|Console|PrintStream).*")
            .because("bytes come in and go out as arguments"),
        noClasses()
            .should()
            .callMethodWhere(
                DescribedPredicate.describe(
                    "reads the clock, the environment or chance", WallsTest::isAmbient))
            .because("the same bytes have to give the same bytes"),
        noClasses()
            .that()
            .resideInAnyPackage("io.warmgate.ai.chat..", "io.warmgate.ai.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.ai.openai..",
                "io.warmgate.ai.responses..",
                "io.warmgate.ai.anthropic..",
                "io.warmgate.ai.inference..")
            .because("the form of no provider knows none"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.inference..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.ai.openai..",
                "io.warmgate.ai.responses..",
                "io.warmgate.ai.anthropic..")
            .because("tensors are translated into nothing"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.openai..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.warmgate.ai.anthropic..", "io.warmgate.ai.responses..")
            .because("n dialects are n translations, not n times n"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.responses..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.warmgate.ai.anthropic..", "io.warmgate.ai.openai..")
                    .and(not(simpleName("OpenAiErrors"))))
            .because("all that it shares with OpenAI's other dialects is what an error looks like"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.anthropic..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.warmgate.ai.openai..", "io.warmgate.ai.responses..")
            .because("n dialects are n translations, not n times n"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.gemini..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.ai.openai..",
                "io.warmgate.ai.responses..",
                "io.warmgate.ai.anthropic..")
            .because("n dialects are n translations, not n times n"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.bedrock..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.ai.openai..",
                "io.warmgate.ai.responses..",
                "io.warmgate.ai.anthropic..",
                "io.warmgate.ai.gemini..",
                "io.warmgate.ai.mistral..")
            .because("n dialects are n translations, not n times n"),
        noClasses()
            .that()
            .resideInAnyPackage(
                "io.warmgate.ai.openai..",
                "io.warmgate.ai.responses..",
                "io.warmgate.ai.anthropic..",
                "io.warmgate.ai.cache..",
                "io.warmgate.ai.chat..",
                "io.warmgate.ai.stream..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.warmgate.ai.gemini..", "io.warmgate.ai.bedrock..")
            .because("n dialects are n translations, not n times n"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.mistral..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                        "io.warmgate.ai.anthropic..",
                        "io.warmgate.ai.responses..",
                        "io.warmgate.ai.gemini..",
                        "io.warmgate.ai.openai..")
                    .and(not(simpleName("OpenAiProvider").or(simpleName("Flavour")))))
            .because("it is OpenAI's form with other words: written and read as that"),
        noClasses()
            .that()
            .resideInAPackage("io.warmgate.ai.cache..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.warmgate.ai.openai..",
                "io.warmgate.ai.responses..",
                "io.warmgate.ai.anthropic..")
            .because("one entry answers every front"));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void stands(ArchRule rule) {
    rule.check(AI);
  }

  private static boolean isAmbient(JavaCall<?> call) {
    String owner = call.getTargetOwner().getFullName();
    String name = call.getName();
    boolean system =
        owner.equals("java.lang.System")
            && (name.startsWith("currentTime")
                || name.startsWith("nanoTime")
                || name.startsWith("getenv")
                || name.startsWith("getProperty"));
    boolean chance =
        (owner.equals("java.lang.Math") && name.equals("random"))
            || owner.startsWith("java.util.Random")
            || owner.startsWith("java.util.concurrent.ThreadLocalRandom")
            || owner.startsWith("java.security.SecureRandom")
            || (owner.equals("java.util.UUID") && name.equals("randomUUID"));
    return system || chance || owner.startsWith("java.lang.Thread");
  }
}
