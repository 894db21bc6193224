package io.warmgate.local.kubelet.image;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.warmgate.local.redis.RedisPrograms;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which program an image reference stands for: the entries of {@code images.yaml} in the state
 * folder (read anew each time, so that an image can be added while pods wait for it), then the
 * built-in ones. The first entry that names the repository and either this tag or none is taken.
 */
public final class ImageCatalog {
  private static final JsonMapper YAML = JsonMapper.builder(new YAMLFactory()).build();

  private final Path repository;
  private final Path javaHome;
  private final Path added;
  private final RedisPrograms redis;
  private final List<ImageEntry> builtIn;

  /**
   * A catalogue.
   *
   * @param repository Warmgate's own tree, built
   * @param javaHome the JDK that Java programs run on
   * @param added a catalogue file that need not be there
   */
  public ImageCatalog(Path repository, Path javaHome, Path added, RedisPrograms redis) {
    this.repository = repository;
    this.javaHome = javaHome;
    this.added = added;
    this.redis = redis;
    try (InputStream in = ImageCatalog.class.getResourceAsStream("images.yaml")) {
      builtIn = read(Objects.requireNonNull(in).readAllBytes(), "images.yaml");
    } catch (IOException | ImageException broken) {
      throw new IllegalStateException("the built-in image catalogue cannot be read", broken);
    }
  }

  /** The program of an image. */
  public Program find(String image) throws ImageException {
    var reference = ImageReference.parse(image);
    var entries = new ArrayList<ImageEntry>();
    if (Files.exists(added)) {
      try {
        entries.addAll(read(Files.readAllBytes(added), added.toString()));
      } catch (IOException unreadable) {
        throw new ImageException(added + " cannot be read: " + unreadable.getMessage());
      }
    }
    entries.addAll(builtIn);
    for (ImageEntry entry : entries) {
      if (entry.image().equals(reference.repository())
          || entry.image().equals(reference.toString())) {
        return program(entry, reference);
      }
    }
    throw new ImageException(
        "no program on this machine stands for image \"%s\"; add one to %s (known: %s)"
            .formatted(
                image, added, String.join(", ", entries.stream().map(ImageEntry::image).toList())));
  }

  private static List<ImageEntry> read(byte[] yaml, String name) throws ImageException {
    try {
      List<ImageEntry> entries = YAML.readValue(yaml, new TypeReference<List<ImageEntry>>() {});
      return entries == null ? List.of() : entries;
    } catch (IOException malformed) {
      throw new ImageException(name + ": " + malformed.getMessage());
    }
  }

  private Program program(ImageEntry entry, ImageReference reference) throws ImageException {
    Map<String, String> env = new LinkedHashMap<>();
    if (entry.env() != null) {
      entry.env().forEach((name, value) -> env.put(name, value.replace("${tag}", reference.tag())));
    }
    Program.Files files = entry.knowsRoot() ? Program.Files.KNOWS_ROOT : Program.Files.REWRITTEN;
    if (entry.java() != null) {
      return new Program(
          java(entry.java()), List.of(), env, List.of(javaHome.resolve("bin")), files);
    }
    if (entry.redis() != null) {
      String flavour = Objects.requireNonNullElse(entry.redis().flavour(), "redis");
      try {
        Path programs = redis.folder(flavour);
        String entrypoint = programs.resolve(RedisPrograms.ENTRYPOINT).toString();
        return new Program(List.of(entrypoint), List.of(), env, List.of(programs), files);
      } catch (IOException missing) {
        throw new ImageException("no Redis server can be run: " + missing.getMessage());
      }
    }
    if (entry.command() != null) {
      return new Program(entry.command(), List.of(), env, List.of(), files);
    }
    throw new ImageException("entry " + entry.image() + " names no program");
  }

  private List<String> java(ImageEntry.JavaProgram java) throws ImageException {
    var command = new ArrayList<String>();
    command.add(javaHome.resolve("bin/java").toString());
    if (java.options() != null) {
      command.addAll(java.options());
    }
    @Nullable String module = java.module();
    if (module != null) {
      command.add("-cp");
      command.add(classpath(repository.resolve(module)));
      command.add(Objects.requireNonNull(java.main(), "main"));
    } else {
      command.add(repository.resolve(Objects.requireNonNull(java.source(), "source")).toString());
    }
    return command;
  }

  private static String classpath(Path module) throws ImageException {
    try {
      return ModuleClasspath.of(module);
    } catch (IOException missing) {
      throw new ImageException(module + " is not built: " + missing.getMessage());
    }
  }
}
