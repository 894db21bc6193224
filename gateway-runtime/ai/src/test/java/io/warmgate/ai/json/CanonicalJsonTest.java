package io.warmgate.ai.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  @Test
  void textsAreEscapedAsLittleAsPossibleAndHalvesOfPairsAlways() {
    String text = "a\"b\\c\u0000\u001f\u007fé\ud83d\ude00 \ud83d \ude00\ud83d";
    assertThat(CanonicalJson.text(Json.text(text)))
        .isEqualTo("\"a\\\"b\\\\c\\u0000\\u001f\u007fé\ud83d\ude00 \\ud83d \\ude00\\ud83d\"");
  }

  @Test
  void namesAreSortedByTheirCodeUnits() {
    var node = Json.object().put("b", 1).put("", 2).put("é", 3).put("B", 4).put("a\"", 5);
    node.putObject("o");
    node.putArray("l");
    assertThat(CanonicalJson.text(node))
        .isEqualTo("{\"\":2,\"B\":4,\"a\\\"\":5,\"b\":1,\"l\":[],\"o\":{},\"é\":3}");
  }

  /** Whatever is written can be read, and is the same text. */
  @Test
  void whateverIsWrittenIsReadAsTheSame() {
    Random random = new Random(7);
    int[] kinds = {'"', '\\', '\n', 0, 0x1f, 'a', ' ', 0xe9, 0x20ac, 0xd83d, 0xde00};
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append((char) kinds[random.nextInt(kinds.length)]);
      }
      String written = CanonicalJson.text(Json.text(text.toString()));
      assertThat(Json.parse(written).textValue()).isEqualTo(text.toString());
    }
  }
}
