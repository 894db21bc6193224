package io.warmgate.httpcache.entry;

import static io.warmgate.httpcache.Messages.MATERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What runtimes of two releases on one Redis must know of each other. */
class EntryVersionsTest {
  /** Of each version and kind, bytes that it has for good. */
  private static final Map<String, String> GOLDEN =
      Map.of(
          "1 1", "response-v1.hex",
          "1 2", "index-v1.hex",
          "2 1", "response-v2.hex",
          "2 2", "index-v2.hex",
          "2 3", "searches-v2.hex",
          "2 4", "partial-v2.hex",
          "3 1", "response-v3.hex");

  private static final List<Slot> EVERY_KIND =
      List.of(
          EntryFormatTest.RESPONSE,
          EntryFormatTest.INDEX,
          EntryFormatTest.SEARCHES,
          EntryFormatTest.PARTIAL,
          EntryFormatTest.IN_CHUNKS);

  @Test
  void whatIsWrittenTheReleaseBeforeReads() throws IOException {
    assertThat(EVERY_KIND)
        .extracting(slot -> versionAndKind(EntryFormat.write(slot)))
        .isSubsetOf(readBefore());
  }

  @Test
  void whatTheReleaseBeforeMayHaveWrittenIsRead() throws IOException {
    for (String one : readBefore()) {
      String file = Objects.requireNonNull(GOLDEN.get(one), one);
      byte[] bytes = HexFormat.of().parseHex(text(file).replaceAll("\\s", ""));
      assertThat(versionAndKind(bytes)).isEqualTo(one);
      assertThat(EntryFormat.read(bytes, MATERIAL)).as(one).isPresent();
    }
  }

  private static String versionAndKind(byte[] entry) {
    return entry[4] + " " + entry[5];
  }

  private static Set<String> readBefore() throws IOException {
    return text("versions-read-before.txt")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .collect(Collectors.toSet());
  }

  private static String text(String name) throws IOException {
    try (InputStream in = EntryVersionsTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
