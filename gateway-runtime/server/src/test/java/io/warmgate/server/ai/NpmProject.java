package io.warmgate.server.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The project of {@code src/test/npm}, installed under {@code target}. */
final class NpmProject {
  private static final Path SOURCE = Path.of("src/test/npm");
  private static final int OLDEST_NODE = 18;

  private final Path folder;

  private NpmProject(Path folder) {
    this.folder = folder;
  }

  /**
   * A test of Node's runner that ended.
   *
   * @param name as it is in the file
   * @param failure what went wrong, or null
   */
  record Case(String name, @Nullable String failure) {}

  /** Copied, and what it needs installed as its lock file says. */
  static NpmProject installed() {
    String version = run(SOURCE, Map.of(), "node", "--version").strip();
    if (Integer.parseInt(version.substring(1, version.indexOf('.'))) < OLDEST_NODE) {
      throw missing("node is " + version, null);
    }
    Path folder = Path.of("target/npm");
    try {
      copy(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    run(folder, Map.of(), "npm", "ci", "--prefer-offline", "--ignore-scripts", "--loglevel=error");
    return new NpmProject(folder);
  }

  private static void copy(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(SOURCE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path name = SOURCE.relativize(file);
        if (name.startsWith("node_modules")) {
          continue; // somebody's who ran it by hand
        }
        Path copy = folder.resolve(name);
        Files.createDirectories(copy.resolveSibling("."));
        Files.write(copy, Files.readAllBytes(file));
      }
    }
  }

  /**
   * Runs all cases.
   *
   * @param environment what is asked, as {@code lib/target.js} reads it
   */
  List<Case> cases(Map<String, String> environment) {
    String output =
        run(folder, environment, "node", "--test-reporter=./lib/lines.js", "sdk.test.js");
    List<Case> cases = new ArrayList<>();
    for (String line : output.lines().toList()) {
      JsonNode test = Json.parse(line);
      JsonNode failure = test.path("failure");
      cases.add(new Case(test.path("name").asText(), failure.isNull() ? null : failure.asText()));
    }
    return cases;
  }

  /** What the command printed; where it failed and printed nothing, its errors are thrown. */
  private static String run(Path folder, Map<String, String> environment, String... command) {
    try {
      Path errors = Files.createTempFile(Files.createDirectories(Path.of("target")), "npm", ".err");
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(folder.toFile()).redirectError(errors.toFile());
      builder.environment().putAll(environment);
      Process process = started(builder);
      try {
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(3, TimeUnit.MINUTES)
            || (process.exitValue() != 0 && output.isEmpty())) {
          throw new AssertionError(
              String.join(" ", command) + " failed: " + Files.readString(errors));
        }
        return output;
      } finally {
        process.destroyForcibly();
        Files.delete(errors);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static Process started(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException notThere) {
      throw missing(builder.command().getFirst() + " cannot be run", notThere);
    }
  }

  private static AssertionError missing(String what, @Nullable Throwable cause) {
    return new AssertionError(
        "%s: this test needs Node.js %d or newer with npm on the PATH (Debian: apt-get install nodejs npm)"
            .formatted(what, OLDEST_NODE),
        cause);
  }
}
