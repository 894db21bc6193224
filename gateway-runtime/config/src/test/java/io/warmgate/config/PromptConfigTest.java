package io.warmgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptConfigTest {
  private static final String PARAMETERS =
      """
      "parameters":{"type":"object","required":["text"],"properties":{
        "text":{"type":"string"},
        "tone":{"enum":["a","b"],"type":"string","default":"a"},
        "words":{"type":"integer","default":3},
        "note":{"type":"string"}}}
      """;

  private static Prompt read(String fields) {
    String json = "{\"model\":\"m\"," + fields + "," + PARAMETERS + "}";
    return Json.read(json.getBytes(StandardCharsets.UTF_8), Prompt.class);
  }

  @Test
  void isReadAndWrittenAsItIs() {
    Prompt prompt = read("\"user\":\"{{text}}\",\"system\":\"{{ words }} {{tone}}\"");
    assertThat(Json.read(Json.write(prompt), Prompt.class)).isEqualTo(prompt);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "user":"{{other}}"                      | user has {{other}}, which is no parameter
          "user":"{{note}}"                       | user has {{note}}, which may be missing: it has to be required, or have a default
          "user":"{{a b}}"                        | user has braces at character 0 that hold no name; {{{{ is two braces
          "user":"x {{text"                       | user has braces at character 2 that hold no name; {{{{ is two braces
          "user":" "                              | user is empty
          "user":"a","system":"Say {{text}}"      | system has {{text}}, which clients may write as they like: there only numbers, booleans and strings with an enum may stand
          "user":"a","maxTokens":0                | maxTokens is 0, not 1 to 10000000
          """)
  void isRefused(String fields, String why) {
    assertThatThrownBy(() -> read(fields)).isInstanceOf(ConfigException.class).hasMessage(why);
  }

  @Test
  void aValueIsNeverReadAsATemplate() {
    Template template = Template.parse("t", "a {{x}} b {{ y }} {{{{x}}");
    assertThat(template.names()).containsExactly("x", "y");
    assertThat(template.fill(Map.of("x", "{{y}}", "y", "{{x}}")::get))
        .isEqualTo("a {{y}} b {{x}} {{x}}");
  }
}
