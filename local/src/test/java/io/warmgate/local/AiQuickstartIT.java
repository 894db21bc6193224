package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.local.WarmgateCommand.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code samples/ai-quickstart/README.md}, as they are printed. */
class AiQuickstartIT {
  private static final Path SAMPLE = WarmgateCommand.ROOT.resolve("samples/ai-quickstart");
  private static final Pattern BLOCK = Pattern.compile("```\n(.*?)```", Pattern.DOTALL);
  private static final Pattern URL = Pattern.compile("ai +http://(127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder = Path.of("");

  private Path state() {
    return folder.resolve("state");
  }

  @AfterEach
  void end() throws Exception {
    Run _ = new WarmgateCommand(state()).run("down");
  }

  @Test
  void whatOneApplicationAskedIsAnsweredFromTheCacheByBothApis() throws Exception {
    Run up = new WarmgateCommand(state()).run("up", "-f", SAMPLE.toString(), "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    Matcher url = URL.matcher(up.output());
    assertThat(url.find()).as(up.output()).isTrue();
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(SAMPLE.resolve("README.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```\n".length(), block.length() - "```".length()))
            .map(block -> block.replace("127.0.0.1:8080", url.group(1)))
            .toList();
    assertThat(blocks).hasSize(4);
    String key =
        blocks
            .getFirst()
            .lines()
            .filter(line -> !line.startsWith("./warmgate up"))
            .collect(Collectors.joining("\n", "", "\n"));

    String first = run(key + blocks.get(1));
    assertThat(first)
        .contains("aimodelbackend.warmgate.io/gpt", "OpenAI", "sim-1")
        .containsIgnoringCase("Cache-Status: warmgate; fwd=")
        .contains("\"hello\"", "data: [DONE]")
        .contains("\"type\":\"message\"")
        .containsPattern("\"id\" ?: ?\"gpt\"")
        .containsPattern("\"id\" ?: ?\"claude\"");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(run(key + blocks.get(1)).split("(?i)Cache-Status: warmgate; hit", -1))
                    .as("four are asked for")
                    .hasSize(5));
    assertThat(
            run(
                key
                    + blocks.get(2)
                    + "curl -sf $OPENAI_BASE_URL/models -H \"Authorization: Bearer"
                    + " $OPENAI_API_KEY\"\n"))
        .contains("claude");
    assertThat(
            run(
                "export PROVIDER_KEY=sk-of-ours KUBECONFIG=.warmgate/kubeconfig\n"
                    + real(blocks.get(3))))
        .contains("aimodelbackend.warmgate.io/gpt", "aimodelbackend.warmgate.io/claude");
  }

  /** The last block's commands, with a key that is not a placeholder. */
  private static String real(String block) {
    return block.replaceAll("PROVIDER_KEY=\\S+ ", "");
  }

  private String run(String block) throws IOException, InterruptedException {
    return new ReadmeShell(folder, state()).run(block);
  }
}
