package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BedrockKeyTest {

  @Test
  void isAnApiKeyOrAnAccessKey() {
    assertThat(BedrockKey.parse(" ABSK-abc=\n")).isEqualTo(new BedrockKey.ApiKey("ABSK-abc="));
    assertThat(BedrockKey.parse("{\"accessKeyId\":\"AKIA\",\n \"secretAccessKey\":\"s/+\"}\n"))
        .isEqualTo(new BedrockKey.AccessKey("AKIA", "s/+", null));
    // As aws configure export-credentials prints it.
    assertThat(
            BedrockKey.parse(
                "{\"Version\":1,\"AccessKeyId\":\"ASIA\",\"SecretAccessKey\":\"s\","
                    + "\"SessionToken\":\"t\",\"Expiration\":\"2026-11-27T20:00:00+00:00\"}"))
        .isEqualTo(new BedrockKey.AccessKey("ASIA", "s", "t"));
  }

  @Test
  void itsTextIsReadAsTheSame() {
    for (BedrockKey key :
        new BedrockKey[] {
          new BedrockKey.ApiKey("ABSK"),
          new BedrockKey.AccessKey("AKIA", "s\"", null),
          new BedrockKey.AccessKey("ASIA", "s", "t")
        }) {
      assertThat(BedrockKey.parse(key.text())).isEqualTo(key);
      assertThat(key.toString()).isEqualTo("[redacted]");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|is empty; put one of Bedrock's API keys there",
        "`hidden hidden`|has characters that cannot stand in a header",
        "`{\"accessKeyId\":\"hidden\"`|begins as JSON and is none",
        "`{\"accessKeyId\":\"hidden\"}`|has no secretAccessKey",
        "`{\"secretAccessKey\":\"hidden\",\"accessKeyId\":\"\"}`|has no accessKeyId",
        "`{\"Credentials\":{\"AccessKeyId\":\"hidden\"}}`|has a field 'Credentials' that is not"
            + " known",
        "`{\"accessKeyId\":\"hidden é\",\"secretAccessKey\":\"x\"}`|has in its accessKeyId"
            + " characters",
      })
  void whatIsNoneIsRefusedWithoutBeingShown(String text, String why) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> BedrockKey.parse(text))
        .satisfies(e -> assertThat(e.problem()).contains(why).doesNotContain("hidden"));
  }
}
