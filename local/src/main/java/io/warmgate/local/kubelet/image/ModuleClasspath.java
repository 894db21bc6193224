package io.warmgate.local.kubelet.image;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A built module's classpath: its own jar, then what the build wrote down of its dependencies. */
public final class ModuleClasspath {
  private ModuleClasspath() {}

  /** The classpath; fails where the module is not built. */
  public static String of(Path module) throws IOException {
    Path target = module.resolve("target");
    String dependencies = Files.readString(target.resolve("warmgate.classpath")).strip();
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(target, "warmgate-*.jar")) {
      for (Path jar : jars) {
        if (!jar.toString().endsWith("-tests.jar")) {
          return jar + File.pathSeparator + dependencies;
        }
      }
    }
    return target.resolve("classes") + File.pathSeparator + dependencies;
  }
}
