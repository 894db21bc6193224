package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./warmgate} as a user types it, with a state folder of its own. */
record WarmgateCommand(Path state) {
  static final Path ROOT = Path.of(System.getProperty("warmgate.root", "..")).toAbsolutePath();

  /** What it said, and the code it ended with. */
  record Run(int code, String output) {}

  Run run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(ROOT.resolve("warmgate").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("--state", state.toString()));
    Path out = Files.createTempFile("warmgate", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      return new Run(process.exitValue(), Files.readString(out));
    } finally {
      Files.delete(out);
    }
  }
}
