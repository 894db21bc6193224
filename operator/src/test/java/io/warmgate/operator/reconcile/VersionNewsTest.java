package io.warmgate.operator.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import io.warmgate.config.admin.ServedVersions;
import io.warmgate.crd.v1alpha1.AiModelBackend;
import io.warmgate.crd.v1alpha1.ApiRoute;
import io.warmgate.operator.snapshot.Snapshot;
import io.warmgate.operator.translate.Snapshots;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionNewsTest {
  private static final String ROUTE = "rules: [{backendRefs: [{kind: AiModelBackend, name: m}]}]";

  private static Snapshot told(String spec, String versions) {
    List<ApiRoute> routes = List.of(Snapshots.route("models", ROUTE));
    AiModelBackend model =
        Serialization.unmarshal(
            "metadata: {name: m, namespace: shop, uid: u, generation: 1}\nspec: {%s}"
                .formatted(spec),
            AiModelBackend.class);
    return Snapshots.saying(Snapshots.of(routes), routes, model, List.of(), said(versions));
  }

  /**
   * @param versions {@code server: ready / listed}, several with a semicolon between
   */
  private static Map<String, List<ServedVersions>> said(String versions) {
    List<ServedVersions> said =
        Arrays.stream(versions.split(";"))
            .filter(any -> !any.isBlank())
            .map(any -> any.split("[:/]"))
            .map(any -> new ServedVersions(any[0].strip(), list(any[1]), list(any[2])))
            .toList();
    return said.isEmpty() ? Map.of() : Map.of("pod", said);
  }

  private static List<String> list(String spaced) {
    return List.of(spaced.strip().split(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "provider: OpenAI, model: m | '' | x model: a/a; x system_fingerprint: a/a | false",
        "provider: OpenAI, model: m | x model: a/a | x model: b/b | false",
        "provider: OpenAI, model: m, modelVersionFrom: ResponseModel | '' | x model: a/a | true",
        "provider: OpenAI, model: m, modelVersionFrom: ResponseModel | x model: a/a |"
            + " x model: a/a; x system_fingerprint: a/a | false",
        "provider: OpenAI, model: m, modelVersionFrom: SystemFingerprint |"
            + " x system_fingerprint: a/a b | x system_fingerprint: b/a b | false",
        "provider: OpenAI, model: m, modelVersionFrom: SystemFingerprint |"
            + " x system_fingerprint: a/a b | x system_fingerprint: b/b | true",
        "'provider: KServeV2, model: m, endpoint: \"http://m\"' | '' | x m: 1/1 | true",
        "'provider: KServeV2, model: m, endpoint: \"http://m\"' | x m: 1/1 2 | x m: 2 1/1 2 |"
            + " true",
        "'provider: KServeV2, model: m, endpoint: \"http://m\"' | x m: 1/1 2 | x m: 1/1 2 | false",
      })
  void isNews(String spec, String before, String now, boolean news) {
    assertThat(VersionNews.isNews(told(spec, before), said(now))).isEqualTo(news);
  }
}
