package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Runs what a README has its readers run, from the repository's folder.
 *
 * @param folder of the test
 * @param state in the place of {@code .warmgate}
 */
record ReadmeShell(Path folder, Path state) {

  /** What it prints; it ends well. */
  String run(String block) throws IOException, InterruptedException {
    Path out = folder.resolve("out");
    Process shell =
        new ProcessBuilder(
                "bash", "-euo", "pipefail", "-c", block.replace(".warmgate/", state + "/"))
            .directory(WarmgateCommand.ROOT.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(shell.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(shell.exitValue()).as(block + "\n" + Files.readString(out)).isZero();
    return Files.readString(out);
  }
}
