package io.warmgate.httpcache.rfc;

import io.warmgate.httpcache.rfc.Requirement.Deviates;
import io.warmgate.httpcache.rfc.Requirement.Held;
import io.warmgate.httpcache.rfc.Requirement.NotOurs;
import io.warmgate.httpcache.rfc.Requirement.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes {@code docs/rfc-index.md}. */
final class RfcIndex {
  private static final String HEAD =
      """
      # The rules of caching, and what holds them

      Every MUST and SHOULD of these RFCs that is addressed to a shared cache, or to an intermediary that has one: the rule and the test that hold
      it, or why none does. Made by `RequirementsTest` out of `gateway-runtime/http-cache/src/test/resources/rfc`, in our own words; the RFC's are
      above the rule. `mvn test -pl gateway-runtime/http-cache -am -Dtest=RequirementsTest -Dwarmgate.update=true` writes it anew.

      """;

  private final Sources sources;
  private final StringBuilder out = new StringBuilder(HEAD);

  private RfcIndex(Sources sources) {
    this.sources = sources;
  }

  static String of(List<RequirementFile> files, Sources sources) throws IOException {
    RfcIndex index = new RfcIndex(sources);
    index.summary(files);
    for (RequirementFile file : files) {
      index.table(file);
    }
    return index.out.toString();
  }

  private void summary(List<RequirementFile> files) {
    out.append("| | held | deviates | not ours |\n|---|---|---|---|\n");
    for (RequirementFile file : files) {
      out.append("| ").append(file.title());
      for (Class<?> kind : List.of(Held.class, Deviates.class, NotOurs.class)) {
        long count = file.requirements().stream().filter(r -> kind.isInstance(r.answer())).count();
        out.append(" | ").append(count);
      }
      out.append(" |\n");
    }
  }

  private void table(RequirementFile file) throws IOException {
    out.append("\n## ").append(file.title()).append("\n| id | level | what | held by |\n");
    out.append("|---|---|---|---|\n");
    for (Requirement requirement : file.requirements()) {
      out.append("| ").append(requirement.id());
      out.append(" | ").append(requirement.level());
      out.append(" | ").append(requirement.text());
      out.append(" | ");
      switch (requirement.answer()) {
        case Held(List<Place> rules, List<Place> tests) -> {
          out.append(String.join(", ", links(rules, sources::rule))).append("; ");
          out.append(String.join(", ", links(tests, sources::test)));
        }
        case Deviates(String why) -> out.append("**deviates**: ").append(why);
        case NotOurs(String why) -> out.append("not ours: ").append(why);
      }
      out.append(" |\n");
    }
  }

  private interface Finder {
    Optional<Path> find(Place place) throws IOException;
  }

  private static List<String> links(List<Place> places, Finder finder) throws IOException {
    List<String> links = new ArrayList<>();
    for (Place place : places) {
      Path file =
          finder.find(place).orElseThrow(() -> new IllegalStateException(place + " is not there"));
      links.add("[" + place + "](../" + file.toString().replace('\\', '/') + ")");
    }
    return links;
  }
}
