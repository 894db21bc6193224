package io.warmgate.server.ai;

import static org.assertj.core.api.Assertions.assertThat;

import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.server.credential.Proofs;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorPathTest {
  private static ServedModel resnet(Model.Provider provider, @Nullable String version) {
    Model model =
        new Model(
            "a/b",
            provider,
            "res net",
            List.of("m"),
            null,
            1,
            List.of(),
            new Tensors(version, null),
            null);
    return ServedModel.of(model, _ -> new byte[0], _ -> Proofs.Proof.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/models/m/infer, POST, /v2/models/res%20net/infer, /v2/models/res%20net/versions/7/infer",
    "/any/v2/models/m/infer, POST, /v2/models/res%20net/infer,"
        + " /v2/models/res%20net/versions/7/infer",
    "/v2/models/m/versions/3/infer, POST, /v2/models/res%20net/versions/3/infer,"
        + " /v2/models/res%20net/versions/7/infer",
    "/v2/models/m, GET, /v2/models/res%20net, /v2/models/res%20net/versions/7",
    "/v2/models/m/versions/3/ready, GET, /v2/models/res%20net/versions/3/ready,"
        + " /v2/models/res%20net/versions/7/ready",
    "/x/v1/models/m:predict, POST, /v1/models/res%20net:predict,"
        + " /v1/models/res%20net/versions/7:predict",
    "/v1/models/m/versions/3:classify, POST, /v1/models/res%20net/versions/3:classify,"
        + " /v1/models/res%20net/versions/7:classify",
    "/v1/models/m/labels/st%20ble:regress, POST, /v1/models/res%20net/labels/st%20ble:regress,"
        + " /v1/models/res%20net/versions/7:regress",
    "/v1/models/m/metadata, GET, /v1/models/res%20net/metadata,"
        + " /v1/models/res%20net/versions/7/metadata",
    "/v1/models/m, GET, /v1/models/res%20net, /v1/models/res%20net/versions/7",
  })
  void atTheServer(String path, String method, String free, String pinned) {
    TensorPath asked = TensorPath.of(path).orElseThrow();
    assertThat(asked.method()).isEqualTo(method);
    assertThat(asked.model()).isEqualTo("m");
    Model.Provider provider = asked.provider();
    assertThat(asked.of(resnet(provider, null)).text()).isEqualTo(free);
    assertThat(asked.of(resnet(provider, "7")).text()).isEqualTo(pinned);
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/models/m/infer, true",
    "/v2/models/m/versions/7/infer, true",
    "/v2/models/m/versions/3/infer, false",
    "/v1/models/m/labels/7:predict, false",
  })
  void whatAPinnedModelAdmits(String path, boolean admitted) {
    assertThat(TensorPath.of(path).orElseThrow().admits("7")).isEqualTo(admitted);
    assertThat(TensorPath.of(path).orElseThrow().admits(null)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/models/an%2Fother+one/infer, an/other+one",
    "/v2/models/an/other/infer, an/other",
    "/v2/models/infer, infer",
    "/v1/models/llama:8b, llama:8b",
    "/v1/models/llama:8b:predict, llama:8b",
  })
  void names(String path, String name) {
    assertThat(TensorPath.of(path).orElseThrow().model()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/v2/models/", "/v2/health/ready", "/v1/chat/completions"})
  void elsewhere(String path) {
    assertThat(TensorPath.of(path)).isEmpty();
  }
}
