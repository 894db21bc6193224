package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.aisimulator.AiSimulator;
import io.warmgate.aisimulator.SimulatorOptions;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import io.warmgate.config.admin.ExplainRequest;
import io.warmgate.config.admin.Explanation;
import io.warmgate.config.admin.WarmOrder.Action;
import io.warmgate.config.admin.WarmReport.Outcome;
import io.warmgate.config.admin.WarmReport.Result;
import io.warmgate.config.admin.WarmRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before the simulator: one picture, in whichever form, is one inference. */
class TensorPicturesTest {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final byte[] PNG =
      HexFormat.of()
          .parseHex(
              "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
                  + "1f15c489ff0d0a0d0a2d2d");
  private static final String PLAIN = Base64.getEncoder().encodeToString(PNG);
  private static final String LINES = PLAIN.substring(0, 20) + "\\r\\n" + PLAIN.substring(20);

  private final AiSimulator simulator = AiSimulator.start(SimulatorOptions.forTests());
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model(model("eye", Model.Provider.KSERVE_V2, null, "image"), simulator.url().getPort(), "")
        .model(model("old", Model.Provider.KSERVE_V2, "1", "image"), simulator.url().getPort(), "")
        .model(model("row", Model.Provider.TF_SERVING, null, null), simulator.url().getPort(), "")
        .model(
            model("named", Model.Provider.TF_SERVING, "2", "image"), simulator.url().getPort(), "")
        .cached(ModelPod.KEPT)
        .serve();
  }

  private static Model model(
      String name, Model.Provider provider, @Nullable String version, @Nullable String input) {
    return new Model(
        "test/" + name,
        provider,
        "sim-classifier",
        List.of(name),
        null,
        512,
        List.of(),
        new Tensors(version, new Tensors.Picture(input)),
        null);
  }

  @AfterEach
  void end() {
    pod.close();
    simulator.close();
  }

  private HttpResponse<String> send(String path, String type, byte[] content) {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + pod.port() + path))
              .header("content-type", type)
              .POST(BodyPublishers.ofByteArray(content))
              .build(),
          BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private long inferences() throws Exception {
    HttpRequest state = HttpRequest.newBuilder(simulator.url().resolve("/_simulator")).build();
    JsonNode counts =
        Json.parse(CLIENT.send(state, BodyHandlers.ofString()).body())
            .at("/models/sim-classifier/counts");
    return counts.get("requests").longValue();
  }

  private static byte[] form(String disposition, String more) {
    String form =
        "--b\r\nContent-Disposition: form-data; "
            + disposition
            + "\r\nContent-Type: image/png\r\n\r\n"
            + new String(PNG, ISO_8859_1)
            + "\r\n"
            + more
            + "--b--\r\n";
    return form.getBytes(ISO_8859_1);
  }

  private static byte[] tensor(String base64, String more) {
    String tensor = "\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"" + base64 + "\"]";
    return ("{\"inputs\":[{\"name\":\"image\"," + tensor + "}]" + more + "}").getBytes(UTF_8);
  }

  @Test
  void byTheOpenInferenceProtocol() throws Exception {
    String path = "/v2/models/eye/infer";
    HttpResponse<String> first = send(path, "image/png", PNG);
    assertThat(status(first)).contains("; stored");
    assertThat(Json.parse(first.body()).get("model_version").textValue()).isEqualTo("2");
    String json = "application/json";
    List<HttpResponse<String>> again =
        List.of(
            send(path, "image/png", PNG),
            send(path, "application/octet-stream", PNG),
            send(path, "multipart/form-data; boundary=b", form("name=f; filename=x.png", "")),
            send(path, json, tensor(PLAIN, "")),
            send(path, json, tensor(LINES, "")),
            send(path, json, tensor("data:image/png;base64," + PLAIN, "")));
    assertThat(again).allMatch(answer -> status(answer).contains("; hit"));
    assertThat(again).allMatch(answer -> answer.body().equals(first.body()));
    HttpResponse<String> named = send(path, json, tensor(PLAIN, ",\"id\":\"mine\""));
    assertThat(Json.parse(named.body()).get("id").textValue()).isEqualTo("mine");
    assertThat(inferences()).isEqualTo(1);
    HttpResponse<String> old = send("/v2/models/old/infer", "image/png", PNG);
    assertThat(Json.parse(old.body()).get("model_version").textValue()).isEqualTo("1");
    assertThat(inferences()).isEqualTo(2);
  }

  /** What need not be decoded by who reads it is sent as all servers read it. */
  @Test
  void inLinesFirst() throws Exception {
    HttpResponse<String> first =
        send("/v2/models/eye/infer", "application/json", tensor(LINES, ""));
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(send("/v2/models/eye/infer", "image/png", PNG).body()).isEqualTo(first.body());
    assertThat(inferences()).isEqualTo(1);
  }

  @Test
  void byTensorFlowServing() throws Exception {
    HttpResponse<String> first = send("/v1/models/row:predict", "image/png", PNG);
    assertThat(Json.parse(first.body()).at("/predictions/0/label").isTextual()).isTrue();
    for (String written : List.of(PLAIN, LINES, "data:image/png;base64," + PLAIN)) {
      HttpResponse<String> hit =
          send(
              "/v1/models/row:predict",
              "text/plain",
              ("{\"instances\":[{\"b64\":\"" + written + "\"}]}").getBytes(UTF_8));
      assertThat(status(hit)).contains("; hit");
      assertThat(hit.body()).isEqualTo(first.body());
    }
    assertThat(inferences()).isEqualTo(1);
    send("/v1/models/named:predict", "image/png", PNG);
    assertThat(inferences()).isEqualTo(2);
    assertThat(
            status(
                send(
                    "/v1/models/named:predict",
                    "application/json",
                    ("{\"instances\":[{\"image\":{\"b64\":\"" + PLAIN + "\"}}]}").getBytes(UTF_8))))
        .contains("; hit");
    assertThat(pod.get("/v1/models/row").body()).contains("\"AVAILABLE\"");
    assertThat(pod.get("/v1/models/row/metadata").body()).contains("signature_def");
  }

  private WarmRequest asking(String path, byte[] content) {
    return pod.question(path, new String(content, UTF_8), null);
  }

  private Outcome warm(String release, Action action, WarmRequest request) {
    return pod.warm(release, action, request);
  }

  /** Whatever form it is asked in later, it is what the next version's server was asked for. */
  @Test
  void theNextVersionsAnswerIsThereBeforeClientsGetIt() throws Exception {
    String path = "/v2/models/old/infer";
    pod.next(
            model("old", Model.Provider.KSERVE_V2, "2", "image").withId("test/old#1"),
            simulator.url().getPort(),
            "")
        .serve();
    WarmRequest picture = asking(path, tensor(PLAIN, ""));
    assertThat(warm("r-next", Action.CERTIFY, picture).result()).isEqualTo(Result.MISSING);
    assertThat(inferences()).isZero();
    Outcome filled = warm("r-next", Action.FILL, picture);
    assertThat(filled.result()).as(filled.detail()).isEqualTo(Result.FILLED);
    assertThat(filled.asked()).isTrue();
    assertThat(warm("r-next", Action.FILL, picture).result()).isEqualTo(Result.HIT);
    assertThat(warm("r-next", Action.CERTIFY, picture).result()).isEqualTo(Result.HIT);
    assertThat(inferences()).isEqualTo(1);

    HttpResponse<String> now = send(path, "image/png", PNG);
    assertThat(status(now)).as("the version that serves").contains("fwd=uri-miss");
    assertThat(Json.parse(now.body()).get("model_version").textValue()).isEqualTo("1");
    pod.shifted(100).serve();
    for (HttpResponse<String> hit :
        List.of(
            send(path, "image/png", PNG),
            send(path, "multipart/form-data; boundary=b", form("name=f; filename=x.png", "")),
            send(path, "application/json", tensor(LINES, ",\"id\":\"mine\"")))) {
      assertThat(status(hit)).contains("; hit");
      assertThat(Json.parse(hit.body()).get("model_version").textValue()).isEqualTo("2");
    }
    assertThat(warm("r-now", Action.CERTIFY, picture).result())
        .as("the way back")
        .isEqualTo(Result.HIT);
    assertThat(inferences()).isEqualTo(2);
  }

  @Test
  void ofTensorFlowServingToo() throws Exception {
    String path = "/v1/models/named:predict";
    WarmRequest picture =
        asking(path, ("{\"instances\":[{\"image\":{\"b64\":\"" + PLAIN + "\"}}]}").getBytes(UTF_8));
    Outcome filled = warm("", Action.FILL, picture);
    assertThat(filled.result()).as(filled.detail()).isEqualTo(Result.FILLED);
    assertThat(status(send(path, "image/png", PNG))).contains("; hit");
    assertThat(inferences()).isEqualTo(1);
    assertThat(warm("", Action.FILL, asking("/v1/models/none:predict", PNG)).result())
        .isEqualTo(Result.NOT_ROUTED);
    assertThat(explained(path, "{\"instances\":[]}")).isEqualTo(Explanation.Action.FORWARD);
    assertThat(explained(path, Objects.requireNonNull(picture.question()).content()))
        .isEqualTo(Explanation.Action.SERVE);
    assertThat(inferences()).isEqualTo(1);
  }

  private Explanation.Action explained(String path, String content) {
    return pod.pod
        .explain(
            new ExplainRequest(
                "POST",
                "http://127.0.0.1:" + pod.port() + path,
                List.of(),
                content,
                null,
                ExplainRequest.Origin.ASK))
        .decided()
        .action();
  }

  @Test
  void aFormThatIsMoreThanAPicture() throws Exception {
    String field = "--b\r\nContent-Disposition: form-data; name=k\r\n\r\n3\r\n";
    for (byte[] form : List.of(form("name=f", ""), form("name=f; filename=x", field))) {
      HttpResponse<String> answer =
          send("/v2/models/eye/infer", "multipart/form-data; boundary=b", form);
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(Json.parse(answer.body()).get("error").textValue()).contains("one part");
    }
    assertThat(inferences()).isZero();
  }

  @Test
  void noFormAtAll() {
    for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=c")) {
      HttpResponse<String> answer = send("/v2/models/eye/infer", type, PNG);
      assertThat(answer.statusCode()).as(type).isEqualTo(400);
    }
    assertThat(send("/v2/models/eye/infer", "image/png", new byte[0]).statusCode()).isEqualTo(400);
    assertThat(send("/v1/models/row:regress", "image/png", PNG).statusCode()).isEqualTo(400);
  }
}
