package io.warmgate.local.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The containers' output: one file a run, {@code logs/pods/namespace_pod/container.run.log}. */
public final class PodLogs {
  private final Path state;

  public PodLogs(Path state) {
    this.state = state;
  }

  static Path folder(Path state, String namespace, String pod) {
    return state.resolve("logs/pods").resolve(namespace + "_" + pod);
  }

  static Path file(Path folder, String container, int run) {
    return folder.resolve("%s.%d.log".formatted(container, run));
  }

  /** The output of the container's latest run. */
  public Optional<Path> latest(String namespace, String pod, String container) {
    return runs(namespace, pod, container).stream().findFirst();
  }

  /** The output of the run before the latest. */
  public Optional<Path> previous(String namespace, String pod, String container) {
    return runs(namespace, pod, container).stream().skip(1).findFirst();
  }

  /** Whether the pod's processes are not all over. */
  public boolean lives(String namespace, String pod) {
    String prefix = namespace + "_" + pod + "_";
    try (Stream<Path> pods = Files.list(state.resolve("pods"))) {
      return pods.anyMatch(folder -> name(folder).startsWith(prefix));
    } catch (IOException none) {
      return false;
    }
  }

  private List<Path> runs(String namespace, String pod, String container) {
    String prefix = container.isEmpty() ? "" : container + ".";
    try (Stream<Path> files = Files.list(folder(state, namespace, pod))) {
      return files
          .filter(file -> name(file).startsWith(prefix) && number(file, prefix) >= 0)
          .sorted(Comparator.comparingInt((Path file) -> number(file, prefix)).reversed())
          .toList();
    } catch (IOException none) {
      return List.of();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** The run's number; -1 for another container's file. */
  private static int number(Path file, String prefix) {
    // without a name: of the pod's one container
    int skipped = prefix.isEmpty() ? name(file).indexOf('.') + 1 : prefix.length();
    String rest = name(file).substring(skipped);
    String number = rest.endsWith(".log") ? rest.substring(0, rest.length() - 4) : "";
    return number.matches("\\d{1,9}") ? Integer.parseInt(number) : -1;
  }
}
