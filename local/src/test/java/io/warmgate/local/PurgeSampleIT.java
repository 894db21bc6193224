package io.warmgate.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.local.WarmgateCommand.Run;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of {@code samples/purge/README.md}, as they are printed. */
class PurgeSampleIT {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern URL = Pattern.compile("edge +(http://127\\.0\\.0\\.1:\\d+)");

  @TempDir Path folder = Path.of("");

  private final HttpClient client = HttpClient.newHttpClient();

  private Path state() {
    return folder.resolve("state");
  }

  @AfterEach
  void end() throws Exception {
    Run _ = new WarmgateCommand(state()).run("down");
    client.close();
  }

  @Test
  void eachWayMakesTheNextAnswerComeFromTheOrigin() throws Exception {
    Run up =
        new WarmgateCommand(state())
            .run(
                "up",
                "-f",
                WarmgateCommand.ROOT.resolve("samples/quickstart").toString(),
                "--detach");
    assertThat(up.code()).as(up.output()).isZero();
    Matcher url = URL.matcher(up.output());
    assertThat(url.find()).as(up.output()).isTrue();
    URI product = URI.create(url.group(1)).resolve("/products/1");
    List<String> blocks =
        BLOCK
            .matcher(Files.readString(WarmgateCommand.ROOT.resolve("samples/purge/README.md")))
            .results()
            .map(MatchResult::group)
            .map(block -> block.substring("```sh\n".length(), block.length() - "```".length()))
            .toList();
    assertThat(blocks).hasSize(3);

    fill(product);
    assertThat(run(blocks.getFirst())).as("one entry, on however many pods").contains("\n1");
    awaitPurged(product);
    fill(product);
    run(blocks.get(1));
    awaitPurged(product);
    fill(product);
    assertThat(run(blocks.getLast())).contains("\"epoch\"", "\"position\"");
    awaitPurged(product);
  }

  private void fill(URI product) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> cacheStatus(product).startsWith("warmgate; hit"));
  }

  /** The cache in Redis had it: whichever pod is asked would answer with it. */
  private void awaitPurged(URI product) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> cacheStatus(product).startsWith("warmgate; fwd="));
  }

  private String cacheStatus(URI product) throws IOException, InterruptedException {
    return client
        .send(HttpRequest.newBuilder(product).build(), BodyHandlers.ofString())
        .headers()
        .firstValue("Cache-Status")
        .orElse("");
  }

  private String run(String block) throws IOException, InterruptedException {
    return new ReadmeShell(folder, state()).run(block);
  }
}
