package io.warmgate.ai.inference;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.privacy.SensitiveClass;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorQuestionTest {
  private static final byte[] PNG = {
    (byte) 0x89, 'P', 'N', 'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 'I', 'H', 'D', 'R', 1, 2, 3, 4
  };

  private static TensorQuestion infer(String json) {
    return TensorQuestion.read(TensorAction.INFER, json.getBytes(UTF_8));
  }

  private static TensorQuestion tensor(String data) {
    return infer("{\"inputs\":[{\"name\":\"é\",\"data\":[" + data + "],\"shape\":[1]}],\"n\":1}");
  }

  @Test
  void theIdIsTheAskers() {
    TensorQuestion one = infer("{\"id\":\"a\\u00e9\",\"inputs\":[]}");
    assertThat(one.id()).isEqualTo("aé");
    assertThat(one.key("m", "1")).isEqualTo(infer("{\"inputs\":[]}").key("m", "1"));
    assertThat(infer("{\"inputs\":[]}").id()).isNull();
    // Elsewhere it is a name like others, and TensorFlow Serving has none.
    assertThat(infer("{\"parameters\":{\"id\":\"a\"}}").canonical()).contains("id");
    assertThat(TensorQuestion.read(TensorAction.PREDICT, "{\"id\":\"a\"}".getBytes(UTF_8)).id())
        .isNull();
  }

  @Test
  void modelVersionAndActionAreInTheKey() {
    TensorQuestion one = infer("{\"inputs\":[]}");
    byte[] same = "{\"inputs\":[]}".getBytes(UTF_8);
    assertThat(
            List.of(
                one.key("m", null),
                one.key("m", "1"),
                one.key("m", "2"),
                one.key("n", "1"),
                TensorQuestion.read(TensorAction.PREDICT, same).key("m", null),
                TensorQuestion.read(TensorAction.CLASSIFY, same).key("m", null)))
        .doesNotHaveDuplicates();
  }

  /** What need not change is sent as the very bytes that came, whatever they look like. */
  @Test
  void nothingElseIsTouched() {
    String plain = Base64.getEncoder().encodeToString(PNG);
    byte[] sent =
        ("{ \"inputs\" : [ {\"data\":[\"" + plain + "\", \"aGVsbG8gd29ybGQhISEh\\n\"]} ] }")
            .getBytes(UTF_8);
    assertThat(TensorQuestion.read(TensorAction.INFER, sent).body()).isSameAs(sent);
    String wrapped = plain.substring(0, 8) + "\\r\\n" + plain.substring(8);
    assertThat(new String(tensor("\"" + wrapped + "\", 1.50").body(), UTF_8))
        .isEqualTo(
            "{\"inputs\":[{\"name\":\"é\",\"data\":[\"%s\", 1.50],\"shape\":[1]}],\"n\":1}"
                .formatted(plain));
  }

  /** Text that is no picture is text: servers read it as such. */
  @Test
  void wordsAreNoPictures() {
    assertThat(tensor("\"aGVsbG8gd29ybGQhISEh\"").key("m", null))
        .isNotEqualTo(tensor("\"aGVsbG8gd29y bGQhISEh\"").key("m", null));
    String broken = Base64.getEncoder().encodeToString(PNG) + "*";
    assertThat(tensor("\"" + broken + "\"").canonical()).contains(broken);
  }

  @Test
  void longListsAreTheirDigests() {
    String many =
        IntStream.range(0, 5000).mapToObj(Integer::toString).collect(Collectors.joining(","));
    TensorQuestion one = tensor(many);
    assertThat(one.canonical()).hasSizeLessThan(300).contains("list:");
    assertThat(tensor(many.replace(",", " , ")).canonical()).isEqualTo(one.canonical());
    assertThat(tensor(many + ",5000").canonical()).isNotEqualTo(one.canonical());
    // Nobody who writes the digest itself is given the answer.
    assertThatThrownBy(() -> infer(one.canonical())).isInstanceOf(TranslationException.class);
    String digest = one.canonical().substring(one.canonical().indexOf("list:"));
    assertThat(tensor("\"" + digest.substring(0, 69) + "\"").canonical())
        .isNotEqualTo(one.canonical());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"a\":1",
        "{\"a\":1} 2",
        "{\"a\":1,\"a\":1}",
        "{\"id\":7}",
        "{\"a\":+1}",
        "{\"a\":1e99999999999}"
      })
  void isNoRequest(String json) {
    assertThatThrownBy(() -> infer(json)).isInstanceOf(TranslationException.class);
  }

  @Test
  void whatIsOfAPerson() {
    assertThat(tensor("\"a\",1,NaN").sensitive()).isEmpty();
    assertThat(tensor("\"write to ann@example.com\"").sensitive())
        .containsExactly(SensitiveClass.EMAIL);
    TensorQuestion numbers = tensor("4111111111111111, NaN");
    assertThat(numbers.sensitive()).as("numbers are features").isEmpty();
    assertThat(numbers.tree().at("/inputs/0/data/1").doubleValue()).isNaN();
  }

  @Test
  void utf8Alone() {
    assertThatThrownBy(() -> TensorQuestion.read(TensorAction.INFER, "{\"a\":1}".getBytes(UTF_16)))
        .isInstanceOf(TranslationException.class);
  }

  @Test
  void aPictureAsItIs() {
    byte[] request = new Picture("image").request(TensorAction.INFER, PNG);
    assertThat(Json.parse(request).at("/inputs/0/name").textValue()).isEqualTo("image");
    assertThatThrownBy(() -> new Picture(null).request(TensorAction.REGRESS, PNG))
        .isInstanceOf(TranslationException.class);
    assertThatThrownBy(() -> new Picture(null).request(TensorAction.PREDICT, new byte[0]))
        .isInstanceOf(TranslationException.class);
  }
}
