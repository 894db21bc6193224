package io.warmgate.httpcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.Bytes;
import io.warmgate.httpcache.FieldList;
import io.warmgate.httpcache.Fields;
import io.warmgate.httpcache.RequestView;
import io.warmgate.httpcache.RequestView.Target;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentKeyTest {
  private static final List<String> NAMES = List.of("content-type");
  private static final CacheKey ASKED =
      new KeyRecipe("", "g", new QueryRule.All(), List.of())
          .primary(
              new RequestView("GET", new Target("http", "h", "/", null), FieldList.EMPTY, false),
              null);

  private static CacheKey key(String content, Fields request) {
    return ASKED.ofContent(
        "POST", NAMES, request, Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void eachContentAndEachWayToReadItIsAnotherKey() {
    FieldList json = FieldList.of("Content-Type", "application/json");
    CacheKey plain = key("a", FieldList.EMPTY);
    assertThat(
            List.of(
                ASKED,
                plain,
                key("b", FieldList.EMPTY),
                key("", FieldList.EMPTY),
                key("a", json),
                key("a", FieldList.of("content-type", "")),
                plain.variant(NAMES, json),
                ASKED.variant(NAMES, json),
                ASKED.ofQuestion(Bytes.of(new byte[] {'a'})),
                ASKED.ofQuestion(Bytes.of(new byte[0])),
                plain.ofQuestion(Bytes.of(new byte[] {'a'})),
                ASKED.ofContent("QUERY", NAMES, FieldList.EMPTY, Bytes.of(new byte[] {'a'}))))
        .doesNotHaveDuplicates();
    assertThat(key("a", json))
        .isEqualTo(key("a", FieldList.of("content-type", "application/json")));
  }

  /** So that it is compared on a hit, and not its digest alone. */
  @Test
  void aQuestionIsInItWhole() {
    Bytes question = Bytes.of("x".repeat(60_000).getBytes(StandardCharsets.UTF_8));
    assertThat(ASKED.ofQuestion(question).material().length()).isGreaterThan(60_000);
  }

  @Test
  void theContentIsNotInIt() {
    assertThat(key("x".repeat(60_000), FieldList.EMPTY).material().length()).isLessThan(300);
  }
}
