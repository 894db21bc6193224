package io.warmgate.ai.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.ai.chat.CallId;
import io.warmgate.ai.chat.ChatRequest;
import io.warmgate.ai.chat.Unsigned;
import io.warmgate.ai.golden.Sides;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider's signature goes with a call's id, and is part of what is asked. */
class SignedCallsTest {

  private static ChatRequest asked(String id) {
    String body =
        "{'model':'m','messages':[{'role':'user','content':'hi'},{'role':'assistant','tool_calls':"
            + "[{'id':'ID','type':'function','function':{'name':'f','arguments':'{}'}}]},"
            + "{'role':'tool','tool_call_id':'ID','content':'x'}]}";
    return Sides.front("openai")
        .readRequest(body.replace('\'', '"').replace("ID", id).getBytes(UTF_8));
  }

  private static String key(ChatRequest request) {
    return InferenceKey.of(request, "m", Defaults.UNKNOWN).hex();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "YQ==", "YWI=", "YWJj", "+/+/", "c2ltPj8+MQ=="})
  void signaturesComeBackAsTheyWere(String signature) {
    CallId id = new CallId("fc-1", signature);
    assertThat(id.text()).matches("[A-Za-z0-9_-]+");
    assertThat(CallId.of(id.text())).isEqualTo(id);
    assertThat(CallId.of("call_1")).isEqualTo(new CallId("call_1", null));
  }

  @Test
  void idsAreNoPartOfAQuestionAndSignaturesAre() {
    String unsigned = key(asked("call_1"));
    assertThat(key(asked("call_2"))).isEqualTo(unsigned);
    String signed = key(asked("call_1__thought__YWJj"));
    assertThat(signed).isNotEqualTo(unsigned).isEqualTo(key(asked("call_2__thought__YWJj")));
    assertThat(key(asked("call_1__thought__YWJk"))).isNotEqualTo(signed);
  }

  @Test
  void othersAreNotToldOfThem() {
    assertThat(Unsigned.of(asked("call_1__thought__YWJj"))).isEqualTo(asked("call_1"));
    ChatRequest plain = asked("call_1");
    assertThat(Unsigned.of(plain)).isSameAs(plain);
  }
}
