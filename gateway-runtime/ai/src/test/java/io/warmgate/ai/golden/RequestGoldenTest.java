package io.warmgate.ai.golden;

import io.warmgate.ai.TranslationException;
import io.warmgate.ai.json.Json;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code request/<front>-to-<provider>/<case>}: {@code in.json} gives {@code out.json}, or {@code
 * refused.txt} says why not.
 */
class RequestGoldenTest {
  static List<Case> cases() {
    return Case.of("request", 2);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void whatTheProviderIsAsked(Case folder) {
    byte[] in = folder.read("in.json");
    try {
      byte[] out =
          Sides.provider(Sides.second(folder))
              .writeRequest(Sides.front(Sides.first(folder)).readRequest(in));
      folder.comesOut("out.json", Json.parse(out));
    } catch (TranslationException e) {
      folder.comesOut("refused.txt", e.getMessage() + "\n");
    }
    folder.nothingElse();
  }
}
