package io.warmgate.httpcache.rfc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.httpcache.rfc.Requirement.Deviates;
import io.warmgate.httpcache.rfc.Requirement.Held;
import io.warmgate.httpcache.rfc.Requirement.NotOurs;
import io.warmgate.httpcache.rfc.Requirement.Place;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * That each requirement names a rule and a test that are there, or says why none is; and that
 * {@code docs/rfc-index.md} says the same. {@code -Dwarmgate.update=true} writes that file anew.
 */
class RequirementsTest {
  private static final List<String> RFCS = List.of("9111", "9110", "5861", "9211", "9213", "9875");
  private static final Path ROOT = Path.of(System.getProperty("warmgate.root", "../.."));

  private static RequirementFile read(String rfc) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            RequirementsTest.class.getResourceAsStream("/rfc/" + rfc + ".txt"))) {
      return RequirementFile.parse(rfc, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @FieldSource("RFCS")
  void eachNamesARuleAndATestThatAreThereOrSaysWhyNot(String rfc) throws IOException {
    Sources sources = Sources.of(ROOT);
    List<String> missing = new ArrayList<>();
    for (Requirement requirement : read(rfc).requirements()) {
      switch (requirement.answer()) {
        case Held(List<Place> rules, List<Place> tests) -> {
          for (Place rule : rules) {
            if (sources.rule(rule).isEmpty()) {
              missing.add(requirement.id() + ": no rule " + rule);
            }
          }
          for (Place test : tests) {
            if (sources.test(test).isEmpty()) {
              missing.add(requirement.id() + ": no test " + test);
            }
          }
        }
        case Deviates(String why) -> assertThat(why).as(requirement.id()).hasSizeGreaterThan(10);
        case NotOurs(String why) -> assertThat(why).as(requirement.id()).hasSizeGreaterThan(10);
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyFileIsRead() throws IOException {
    Path folder = ROOT.resolve("gateway-runtime/http-cache/src/test/resources/rfc");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(RFCS);
    }
  }

  @Test
  void theIndexIsUpToDate() throws IOException {
    List<RequirementFile> files = new ArrayList<>();
    for (String rfc : RFCS) {
      files.add(read(rfc));
    }
    String index = RfcIndex.of(files, Sources.of(ROOT));
    Path file = ROOT.resolve("docs/rfc-index.md");
    if (Boolean.getBoolean("warmgate.update")) {
      Files.writeString(file, index);
    }
    assertThat(Files.readString(file))
        .as(file + "; -Dwarmgate.update=true rewrites it")
        .isEqualTo(index);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "9111-3-1 MUST|  Say.|  rule: A#b|  test: ATest#c ; ok",
        "9111-3-1 SHOULD NOT|  Say.|  deviates: for a reason ; ok",
        "9111-3-1 MUST|  Say.|  not ours: for a reason ; ok",
        "9111-3-1 MUST|  Say.|  rule: A#b ; neither",
        "9111-3-1 MUST|  Say.|  test: ATest#c ; neither",
        "9111-3-1 MUST|  Say.|  rule: A#b|  test: ATest#c|  deviates: x ; neither",
        "9111-3-1 MUST|  Say.|  rule: A|  test: ATest#c ; not Class#name",
        "9111-3-1 MUST|  Say. ; missing",
        "9111-3-1 MAY|  Say.|  deviates: x ; MAY",
        "9110-3-1 MUST|  Say.|  deviates: x ; not of this RFC",
        "9111-3 MUST|  Say.|  deviates: x ; no id",
      })
  void aBlockThatIsWrongIsNamed(String block, String outcome) {
    String text = "title: T\n\n" + block.replace('|', '\n');
    if (outcome.equals("ok")) {
      assertThat(RequirementFile.parse("9111", text).requirements()).hasSize(1);
    } else {
      assertThatThrownBy(() -> RequirementFile.parse("9111", text)).hasMessageContaining(outcome);
    }
  }

  @Test
  void whatIsNotThereIsNotFound() throws IOException {
    Sources sources = Sources.of(ROOT);
    assertThat(sources.rule(Place.of("Storage#decide"))).isPresent();
    assertThat(sources.rule(Place.of("Storage#UNDERSTOOD"))).isPresent();
    assertThat(sources.rule(Place.of("Storage#decides"))).isEmpty();
    assertThat(sources.rule(Place.of("Nothing#decide"))).isEmpty();
    assertThat(sources.test(Place.of("RequirementsTest#theIndexIsUpToDate"))).isPresent();
    assertThat(sources.test(Place.of("RequirementsTest#read"))).isEmpty();
    assertThat(sources.test(Place.of("HttpCacheTest#begin"))).isEmpty();
  }
}
