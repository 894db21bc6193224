package io.warmgate.httpcache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8288 §3. */
class LinkFieldTest {
  private static List<String> references(String... lines) {
    FieldList.Builder fields = FieldList.builder();
    for (String line : lines) {
      fields.add("Link", line);
    }
    return LinkField.references(fields.build(), List.of("next", "prefetch"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "</p?page=2>; rel=next | /p?page=2",
        "</p?page=2>; rel=\"next\" | /p?page=2",
        "</p?page=2>;REL=NEXT | /p?page=2",
        "<?page=2> ; title=\"a, b; \\\"c\\\"\" ; rel = \"last next\" | ?page=2",
        "</a>; rel=prev, </b>; rel=next | /b",
        ", </b>; rel=next, , | /b",
        "<https://shop.example.com/b>; rel=prefetch; as=fetch; crossorigin |"
            + " https://shop.example.com/b"
      })
  void aLinkByOneOfTheRelations(String line, String reference) {
    assertThat(references(line)).containsExactly(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "</a>; rel=prev",
        "</a>",
        "</a>; rel=nextish",
        "<>; rel=next",
        "</a>; rel=next; anchor=\"/other\"",
        "</a>; rel=prev; rel=next",
        ""
      })
  void oneThatIsNone(String line) {
    assertThat(references(line)).isEmpty();
  }

  /** Also what is right in it: whoever wrote such a line may have meant anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "</a>; rel=next, /b",
        "</a>; rel=next </b>; rel=next",
        "</a>; rel=next;",
        "</a>; rel=",
        "</a>; rel=\"next",
        "</a; rel=next",
        "</a b>; rel=next",
        "</a\u00e9>; rel=next",
        "/a; rel=next"
      })
  void aLineThatIsNoListOfLinksSaysNothing(String line) {
    assertThat(references(line)).isEmpty();
    assertThat(references(line, "</good>; rel=next")).containsExactly("/good");
  }

  @Test
  void eachOnceAndNotTooMany() {
    assertThat(references("</a>; rel=next, </a>; rel=prefetch")).containsExactly("/a");
    String many =
        IntStream.range(0, 100)
            .mapToObj(i -> "</" + i + ">; rel=next")
            .collect(Collectors.joining(", "));
    assertThat(references(many)).hasSize(LinkField.MAX_LINKS);
    assertThat(references("</" + "x".repeat(LinkField.MAX_LENGTH) + ">; rel=next")).isEmpty();
  }

  @Test
  void noTextMakesItThrow() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    String alphabet = "<>;,=\"\\ \tarel next/?";
    for (int i = 0; i < 100_000; i++) {
      String line =
          random
              .ints(random.nextInt(24), 0, alphabet.length())
              .mapToObj(at -> alphabet.substring(at, at + 1))
              .collect(Collectors.joining());
      assertThat(references(line)).as("seed %d", seed).isNotNull();
    }
  }
}
