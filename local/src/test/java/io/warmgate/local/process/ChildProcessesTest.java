package io.warmgate.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChildProcessesTest {

  /** Starts a child, says its pid, and waits to be killed. */
  static final class Parent {
    private Parent() {}

    public static void main(String[] args) throws Exception {
      var children = new ChildProcesses();
      System.out.println(children.start(new ProcessBuilder("sleep", "1000")).pid());
      System.out.flush();
      Thread.currentThread().join();
    }
  }

  @Test
  void aChildDiesWithAParentThatIsKilled() throws IOException {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName())
            .start();
    long pid = Long.parseLong(parent.inputReader().readLine());
    assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
    parent.destroyForcibly();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
  }

  @Test
  void closingKillsWhatRuns() throws Exception {
    Process process;
    try (var children = new ChildProcesses()) {
      process = children.start(new ProcessBuilder("sleep", "1000"));
    }
    assertThat(process.waitFor()).isEqualTo(137);
  }
}
