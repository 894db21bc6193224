package io.warmgate.ai.golden;

import io.warmgate.ai.Front;
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
    Front front = Sides.front(Sides.first(folder));
    try {
      byte[] out = Sides.provider(Sides.second(folder)).writeRequest(front.readRequest(in));
      folder.comesOut("out.json", Json.parse(out));
    } catch (TranslationException e) {
      String told = front.writeError(e.toError()).json();
      String message = Json.parse(told).path("error").path("message").textValue();
      folder.comesOut("refused.txt", message + "\n");
    }
    folder.nothingElse();
  }
}
