package io.warmgate.ai.inference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.warmgate.ai.TranslationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelVersionsTest {
  private static List<String> list(String spaced) {
    return spaced.isEmpty() ? List.of() : List.of(spaced.split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      emptyValue = "",
      value = {
        "{\"name\":\"m\",\"versions\":[\"1\",\"2\"]} | 1 2",
        "{\"name\":\"m\",\"versions\":[1,2,2]}       | 1 2",
        "{\"name\":\"m\",\"versions\":[]}            | ''",
        "{\"name\":\"m\",\"versions\":null}          | ''",
        "{\"name\":\"m\"}                            | ''",
        "{\"versions\":[\"v1.2\",\"\",\"a/b\",\"x y\",\"-\",{}]} | v1.2",
      })
  void ofOpenInference(String body, String listed) {
    ModelVersions versions = ModelVersions.ofOpenInference(body.getBytes(UTF_8));
    assertThat(versions.listed()).isEqualTo(list(listed));
    assertThat(versions.ready()).isEmpty();
  }

  @Test
  void ofTensorFlow() {
    String body =
        """
        {"model_version_status": [
          {"version": "4", "state": "START", "status": {"error_code": "OK"}},
          {"version": "3", "state": "LOADING", "status": {"error_code": "OK"}},
          {"version": "2", "state": "AVAILABLE", "status": {"error_code": "OK"}},
          {"version": "1", "state": "UNLOADING", "status": {"error_code": "OK"}},
          {"version": "0", "state": "END", "status": {"error_code": "OK"}}]}
        """;
    ModelVersions versions = ModelVersions.ofTensorFlow(body.getBytes(UTF_8));
    assertThat(versions.ready()).containsExactly("2");
    assertThat(versions.listed()).containsExactly("4", "3", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "\"1\"", "{\"error\":\"no\"}", "{\"a\":1,\"a\":2}"})
  void whatIsNoAnswerIsNone(String body) {
    assertThatExceptionOfType(TranslationException.class)
        .isThrownBy(() -> ModelVersions.ofTensorFlow(body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "[]", "\"1\"", "{\"a\":1,\"a\":2}"})
  void whatIsNoModelIsNone(String body) {
    assertThatExceptionOfType(TranslationException.class)
        .isThrownBy(() -> ModelVersions.ofOpenInference(body.getBytes(UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"'' | true", "{\"ready\":true} | true", "{\"ready\":false} | false", "ok | true"})
  void readyIsWhatAnswers200AndDoesNotSayNo(String body, boolean ready) {
    assertThat(ModelVersions.isReady(body.getBytes(UTF_8))).isEqualTo(ready);
  }
}
