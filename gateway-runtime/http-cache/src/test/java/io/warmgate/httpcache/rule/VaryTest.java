package io.warmgate.httpcache.rule;

import static io.warmgate.httpcache.Messages.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.httpcache.FieldList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaryTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "vary: B, a ; [a, b]",
        "vary: b | vary: A ; [a, b]",
        "vary: a, A, ,a ; [a]",
        "vary: a, * ; [*]",
        "x: y ; []",
        "content-encoding: gzip ; [accept-encoding]",
        "content-encoding: gzip | vary: accept-encoding ; [accept-encoding]",
      })
  void names(String response, String names) {
    assertThat(Vary.names(FieldList.of(fields(response)))).hasToString(names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "x-a ; x-a: 1,2 ; 1,2",
        "x-a ; x-a: 1 ,  2 ; 1 ,  2",
        "accept ; accept: a ,  b | accept: c ; a,b,c",
        "x-a ; x-a: 1 | x-a: 2 ; 1, 2",
        "x-a ; x-a: 2,1 ; 2,1",
        "x-a ; x-a: A ; A",
        "x-a ; x-b: A ; ",
        "accept-encoding ; accept-encoding: gzip, BR ; br,gzip",
      })
  void normalForm(String name, String request, @Nullable String form) {
    assertThat(Vary.normalForm(name, FieldList.of(fields(request)))).isEqualTo(form);
  }

  @Test
  void weightsOrderLanguages() {
    assertThat(language("de; q=0.5, EN")).isEqualTo(language("en,de;q=0.5"));
    assertThat(language("de, en")).isNotEqualTo(language("en, de"));
    assertThat(language("de;q=0.5")).isNotEqualTo(language("de;q=0.6"));
    assertThat(language("d e")).isNotEqualTo(language("de"));
    assertThat(language("de;q=x")).isEqualTo("de;q=x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a;q=0.1,b;q=0.2 | b;q=0.2,a;q=0.1",
        "a;q=0,b;q=0.001 | b;q=0.001,a;q=0",
        "a;q=0.,b;q=0.001 | b;q=0.001,a;q=0.",
        "a;q=0.999,b;q=1 | b;q=1,a;q=0.999",
        "a;q=0.999,b;q=1.0 | b;q=1.0,a;q=0.999",
        "a;q=0.5,b;q=0.499 | a;q=0.5,b;q=0.499",
        "a;q=0.09,b;q=0.1 | b;q=0.1,a;q=0.09",
        "a,b;q=1.001 | a,b;q=1.001",
        "a;q=0.9,b | b,a;q=0.9",
        ";q=0.5,b | b,;q=0.5",
        // What is no weight counts as one.
        "a;q=0.9,b;q=2 | b;q=2,a;q=0.9",
        "a;q=0.9,b;q=0.8999 | b;q=0.8999,a;q=0.9",
        "a;q=0.9,b;q= | b;q=,a;q=0.9",
        "a;q=0.9,b;q=0-5 | b;q=0-5,a;q=0.9",
        "a;q=0.9,b;q=0.x | b;q=0.x,a;q=0.9",
        "a;q=0.9,b;q=0.: | b;q=0.:,a;q=0.9",
        "a;q=0.9,b;q=0./ | b;q=0./,a;q=0.9",
        "a;q=0.9,b;q=/ | b;q=/,a;q=0.9",
      })
  void languagesByWeight(String value, String form) {
    assertThat(language(value)).isEqualTo(form);
  }

  private static @Nullable String language(String value) {
    return Vary.normalForm("Accept-Language", FieldList.of("accept-language", value));
  }
}
