package io.warmgate.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void endsWhenItIsClosed(@TempDir Path folder) {
    ChildProcess child = ChildProcess.start(folder, List.of("/bin/sleep", "1000"));
    ProcessHandle program =
        await()
            .atMost(PATIENCE)
            .until(() -> sleepOf(child.pid()), Optional::isPresent)
            .orElseThrow();
    child.close();
    await().atMost(PATIENCE).until(() -> !program.isAlive());
    assertThat(child.isAlive()).isFalse();
  }

  @Test
  void isForcedWhereItDoesNotListen(@TempDir Path folder) {
    ChildProcess child =
        ChildProcess.start(folder, List.of("/bin/sh", "-c", "trap '' TERM; exec sleep 1000"));
    await().atMost(PATIENCE).until(() -> sleepOf(child.pid()), Optional::isPresent);
    List<ProcessHandle> everything =
        ProcessHandle.of(child.pid()).orElseThrow().descendants().toList();
    child.close();
    await().atMost(PATIENCE).until(() -> everything.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void itsLastWordsAreKept(@TempDir Path folder) {
    ChildProcess child =
        ChildProcess.start(folder, List.of("/bin/sh", "-c", "echo no port; exit 3"));
    await().atMost(PATIENCE).until(() -> !child.isAlive());
    assertThat(child.lastWords()).isEqualTo("sh:\nno port");
  }

  /** SIGKILL: nothing in the JVM runs any more; the pipe closes all the same. */
  @Test
  void endsWithAJvmThatIsKilled(@TempDir Path folder) throws IOException {
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName(),
                scratch.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = jvm.inputReader()) {
      long supervisor = Long.parseLong(String.valueOf(lines.readLine()));
      ProcessHandle program =
          await()
              .atMost(PATIENCE)
              .until(() -> sleepOf(supervisor), Optional::isPresent)
              .orElseThrow();
      jvm.destroyForcibly();
      await().atMost(PATIENCE).until(() -> !program.isAlive());
      await().atMost(PATIENCE).until(() -> !Files.exists(scratch));
      await()
          .atMost(PATIENCE)
          .until(() -> ProcessHandle.of(supervisor).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  private static Optional<ProcessHandle> sleepOf(long supervisor) {
    return ProcessHandle.of(supervisor).stream()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> process.info().command().filter(c -> c.endsWith("sleep")).isPresent())
        .findFirst();
  }

  /** Starts a program that runs for ever, says the supervisor's id, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] arguments) throws InterruptedException {
      ChildProcess child =
          ChildProcess.startOwning(Path.of(arguments[0]), List.of("/bin/sleep", "1000"));
      System.out.println(child.pid());
      Thread.currentThread().join();
    }
  }
}
