package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.local.WarmgateCommand.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code samples/image-recognition/README.md}, as they are printed. */
class ImageRecognitionIT {
  private static final Path SAMPLES = WarmgateCommand.ROOT.resolve("samples");
  private static final Pattern BLOCK = Pattern.compile("```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern URL = Pattern.compile("images +http://(127\\.0\\.0\\.1:\\d+)");
  private static final Pattern COUNT = Pattern.compile("\"requests\":(\\d+)");
  private static final Pattern VERSION = Pattern.compile("\"model_version\":\"(\\d+)\"");
  private static final Pattern STATUS = Pattern.compile("(?i)Cache-Status: warmgate; (hit|fwd=)");

  @TempDir Path folder = Path.of("");

  private Path state() {
    return folder.resolve("state");
  }

  @AfterEach
  void end() throws Exception {
    Run _ = new WarmgateCommand(state()).run("down");
  }

  @Test
  void aPictureIsOneInferenceUntilTheModelIsAnother() throws Exception {
    Run up =
        new WarmgateCommand(state())
            .run(
                "up",
                "-f",
                SAMPLES.resolve("ai-quickstart/simulator.yaml").toString(),
                "-f",
                SAMPLES.resolve("image-recognition").toString(),
                "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    Matcher url = URL.matcher(up.output());
    assertThat(url.find()).as(up.output()).isTrue();
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(SAMPLES.resolve("image-recognition/README.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```\n".length(), block.length() - "```".length()))
            .map(block -> block.replace("127.0.0.1:8080", url.group(1)))
            .toList();
    assertThat(blocks).hasSize(4);
    String keys = blocks.getFirst().replaceFirst("\\./warmgate up[^\n]*\n", "");

    String asked = run(keys + blocks.get(1));
    assertThat(asked).contains("aimodelbackend.warmgate.io/classifier", "KServeV2");
    assertThat(asked).contains("\"id\":\"42\"").contains("\"model_version\":\"1\"");
    assertThat(STATUS.matcher(asked).results().map(found -> found.group(1)))
        .as("as it is, in a form, in JSON")
        .startsWith("fwd=")
        .hasSize(3);
    assertThat(counts(asked).getLast()).as("three pictures, two pods").isBetween(3, 6);
    noInference(keys + blocks.get(1), "1");

    theNextVersionIsWarm(keys + blocks.get(1), blocks.get(2));
    aVersionOnTheServerIsARelease(keys + blocks.get(1), blocks.get(3));
  }

  /** Nobody waits for an inference of the next version: the gateway has made them before. */
  private void theNextVersionIsWarm(String block, String release) throws Exception {
    int before = counts(run(block)).getLast();
    assertThat(run("export KUBECONFIG=.warmgate/kubeconfig\n" + release))
        .contains("classifier patched");
    List<String> missed = new ArrayList<>();
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              String asked = run(block);
              if (STATUS
                  .matcher(asked)
                  .results()
                  .anyMatch(found -> !found.group(1).equals("hit"))) {
                missed.add(asked);
              }
              assertThat(versions(asked)).hasSize(9).containsOnly("2");
              assertThat(counts(asked).getLast() - before)
                  .as("each picture once, or once more where Redis was late")
                  .isBetween(3, 6);
            });
    assertThat(missed).isEmpty();
    int then = counts(run(block)).getLast();
    assertThat(counts(run(block))).containsOnly(then);
  }

  private void aVersionOnTheServerIsARelease(String block, String server) throws Exception {
    String kubeconfig = "export KUBECONFIG=.warmgate/kubeconfig\n";
    assertThat(run(kubeconfig + server)).contains("classifier patched");
    noInference(block, "3");
    assertThat(run(kubeconfig + "kubectl get aim classifier -o 'jsonpath={.status.versions}'"))
        .contains("\"gateway\":\"images\"", "\"version\":\"3\"");
  }

  /** In the end everything is answered, by this version, out of the cache. */
  private void noInference(String block, String version) {
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              List<Integer> before = counts(run(block));
              String asked = run(block);
              assertThat(counts(asked)).containsOnly(before.getLast());
              assertThat(STATUS.matcher(asked).results().map(found -> found.group(1)))
                  .containsExactly("hit", "hit", "hit");
              assertThat(versions(asked))
                  .as("three forms of one, and six uploads")
                  .hasSize(9)
                  .containsOnly(version);
            });
  }

  private static List<String> versions(String output) {
    return VERSION.matcher(output).results().map(found -> found.group(1)).toList();
  }

  private static List<Integer> counts(String output) {
    return COUNT.matcher(output).results().map(found -> Integer.valueOf(found.group(1))).toList();
  }

  private String run(String block) throws IOException, InterruptedException {
    return new ReadmeShell(folder, state()).run(block);
  }
}
