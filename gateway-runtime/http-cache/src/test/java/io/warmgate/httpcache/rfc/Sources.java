package io.warmgate.httpcache.rfc;

import io.warmgate.httpcache.rfc.Requirement.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java files of the repository, by the name of their type: other modules are no dependency. */
final class Sources {
  private final Path root;
  private final Map<String, Path> main;
  private final Map<String, Path> test;

  private Sources(Path root, Map<String, Path> main, Map<String, Path> test) {
    this.root = root;
    this.main = main;
    this.test = test;
  }

  /** Of the runtime's modules: where a name occurs twice, this module's file counts. */
  static Sources of(Path root) throws IOException {
    Map<String, Path> main = new HashMap<>();
    Map<String, Path> test = new HashMap<>();
    for (String module : List.of("server", "http-cache")) {
      Path source = root.resolve("gateway-runtime").resolve(module).resolve("src");
      add(source.resolve("main/java"), main);
      add(source.resolve("test/java"), test);
    }
    return new Sources(root, main, test);
  }

  private static void add(Path folder, Map<String, Path> files) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> files.put(file.getFileName().toString().replace(".java", ""), file));
    }
  }

  /** The file, relative to the repository, of a rule that is there: a method or a constant. */
  Optional<Path> rule(Place place) throws IOException {
    return find(
        main, place, "[\\w>?\\]] +" + place.name() + "( *[(=]|;)|^  " + place.name() + "\\(");
  }

  /** The file, relative to the repository, of a test method that is there. */
  Optional<Path> test(Place place) throws IOException {
    return find(
        test,
        place,
        "@(Test|ParameterizedTest)\\b(?:(?!\\n  }\\n)[\\s\\S])*?\\n  void " + place.name() + "\\(");
  }

  private Optional<Path> find(Map<String, Path> files, Place place, String declaration)
      throws IOException {
    Path file = files.get(place.type());
    if (file == null) {
      return Optional.empty();
    }
    boolean declared =
        Pattern.compile(declaration, Pattern.MULTILINE).matcher(Files.readString(file)).find();
    return declared ? Optional.of(root.relativize(file)) : Optional.empty();
  }
}
