package io.warmgate.ai.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for something of a person, and what is not. */
class SensitiveTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          write to ada@example.org today             | EMAIL
          Ada <ada.l+work@mail.example.co.uk>.       | EMAIL
          ada@exämple.de                             | EMAIL
          my card is 4111 1111 1111 1111, ok?        | CARD_NUMBER
          5555555555554444                           | CARD_NUMBER
          378282246310005 is American                | CARD_NUMBER
          6011-1111-1111-1117                        | CARD_NUMBER
          2221 0000 0000 0009                        | CARD_NUMBER
          call +49 171 2345678                       | PHONE_NUMBER
          +1 (415) 555-2671                          | PHONE_NUMBER
          0044 20 7946 0958                          | PHONE_NUMBER
          (415) 555-2671                             | PHONE_NUMBER
          415-555-2671                               | PHONE_NUMBER
          1-415-555-2671                             | PHONE_NUMBER
          0171 2345678                               | PHONE_NUMBER
          030/12345678                               | PHONE_NUMBER
          DE89 3704 0044 0532 0130 00                | IBAN
          GB82WEST12345698765432 is it               | IBAN
          pay NL91ABNA0417164300 now                 | IBAN
          123-45-6789                                | SOCIAL_SECURITY_NUMBER
          the 7 ids: 1 2 4111111111111111            | CARD_NUMBER
          """)
  void isFound(String text, SensitiveClass found) {
    assertThat(SensitiveText.find(text)).isEqualTo(Set.of(found));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "What is the capital of France?",
        "@everyone",
        "me @ home",
        "a@b",
        "user@localhost",
        "@Override public void run()",
        "4111 1111 1111 1112",
        "41111111111111111111111",
        "1764240000000",
        "2024-10-11T12:13:14.123Z",
        "10/11/2024",
        "192.168.100.200",
        "550e8400-e29b-41d4-a716-446655440000",
        "123456789",
        "1,000,000.00",
        "3.14159 26535 89793",
        "0.5 12345678",
        "pages 123-456-7890",
        "111-222",
        "666-12-3456",
        "000-12-3456",
        "123-45-0000",
        "DE88 3704 0044 0532 0130 00",
        "ISBN 978-3-16-148410-0",
        "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "1. one 2. two 3. three",
        "v1.2.3-4567.89012",
        "x = 12 + 34 - 5678",
      })
  void isNot(String text) {
    assertThat(SensitiveText.find(text)).isEmpty();
  }
}
