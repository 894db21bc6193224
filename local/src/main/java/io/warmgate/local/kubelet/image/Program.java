package io.warmgate.local.kubelet.image;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What an image is on this machine.
 *
 * @param entrypoint the command, before a container's {@code args}; a container's {@code command}
 *     replaces it
 * @param arguments the image's own arguments, where the container gives none
 * @param env the image's own environment; the container's comes over it
 * @param path folders in front of the PATH
 * @param files how the program finds the files that are mounted for it
 */
public record Program(
    List<String> entrypoint,
    List<String> arguments,
    Map<String, String> env,
    List<Path> path,
    Files files) {

  /** How a program that runs outside a container finds its mounted files. */
  public enum Files {
    /** It puts {@code WARMGATE_ROOT} in front of every path. */
    KNOWS_ROOT,
    /** Mount paths in its command, arguments and environment are replaced. */
    REWRITTEN
  }

  public Program {
    entrypoint = List.copyOf(entrypoint);
    arguments = List.copyOf(arguments);
    env = Map.copyOf(env);
    path = List.copyOf(path);
  }
}
