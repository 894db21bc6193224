package io.warmgate.local.kubelet.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A built module's classpath: its own jar, then what the build wrote down of its dependencies. */
public final class ModuleClasspath {
  private ModuleClasspath() {}

  /** The classpath, with the jar that was built last; fails where the module is not built. */
  public static String of(Path module) throws IOException {
    Path target = module.resolve("target");
    String dependencies = Files.readString(target.resolve("warmgate.classpath")).strip();
    try (Stream<Path> files = Files.list(target)) {
      Path jar =
          files
              .filter(file -> file.getFileName().toString().matches("warmgate-.*(?<!-tests)\\.jar"))
              .max(ModuleClasspath::byTime)
              .orElseThrow(() -> new NoSuchFileException(target + "/warmgate-*.jar"));
      return jar + File.pathSeparator + dependencies;
    }
  }

  private static int byTime(Path one, Path other) {
    return Long.compare(one.toFile().lastModified(), other.toFile().lastModified());
  }
}
