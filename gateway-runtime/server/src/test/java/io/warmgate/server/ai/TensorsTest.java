package io.warmgate.server.ai;

import static io.warmgate.server.ai.ModelPod.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.warmgate.ai.json.Json;
import io.warmgate.config.Model;
import io.warmgate.config.Tensors;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors before servers that answer exactly as they are told. */
class TensorsTest {
  private static final String INFER = "/any/v2/models/eye/infer";
  private static final String OUTPUTS =
      "{ \"model_name\":\"provider-eye\", \"outputs\":[ {\"data\":[1.50, NaN]} ] }";
  private static final String PREDICTIONS = "{ \"predictions\": [ 1.50 ]\n}";

  private final ScriptedProvider kserve = new ScriptedProvider(request -> request.answer(OUTPUTS));
  private final ScriptedProvider tf = new ScriptedProvider(request -> request.answer(PREDICTIONS));
  private final ModelPod pod = new ModelPod();

  @BeforeEach
  void begin() {
    pod.model(model("eye", Model.Provider.KSERVE_V2, null), kserve.port(), "/base")
        .model(model("seven", Model.Provider.KSERVE_V2, "7"), kserve.port(), "")
        .model(model("row", Model.Provider.TF_SERVING, null), tf.port(), "")
        .model("gpt", Model.Provider.OPENAI, 1, "/v1")
        .cached(ModelPod.KEPT)
        .serve();
  }

  private Model model(String name, Model.Provider provider, @Nullable String version) {
    return new Model(
        "test/" + name,
        provider,
        "provider-" + name,
        List.of(name),
        pod.pod.value("sk-of-" + name),
        512,
        List.of(),
        new Tensors(version, null),
        null);
  }

  @AfterEach
  void end() {
    pod.close();
    kserve.close();
    tf.close();
  }

  private static String tensors(String data, String more) {
    return "{ \"inputs\": [{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[ "
        + data
        + " ]}]"
        + more
        + "}";
  }

  @Test
  void bytesPassBothWaysAndAreKept() {
    HttpResponse<String> miss = pod.post(INFER, tensors("1.50", ""), "authorization", "of-client");
    assertThat(miss.body()).isEqualTo(OUTPUTS);
    assertThat(miss.headers().firstValue("content-type")).contains("application/json");
    assertThat(status(miss)).contains("fwd=uri-miss; stored");
    assertThat(kserve.last().head()).startsWith("POST /base/v2/models/provider-eye/infer ");
    assertThat(kserve.last().body()).isEqualTo(tensors("1.50", ""));
    assertThat(kserve.last().field("authorization")).isEqualTo("Bearer sk-of-eye");
    HttpResponse<String> hit = pod.post("/v2/models/eye/infer", tensors("1.5", ""));
    assertThat(status(hit)).contains("; hit");
    assertThat(hit.body()).isEqualTo(OUTPUTS);
    assertThat(status(pod.post(INFER, tensors("1.51", "")))).contains("fwd=uri-miss");
    assertThat(status(pod.post(INFER, tensors("1.5", ",\"parameters\":{\"p\":1}"))))
        .contains("fwd=uri-miss");
    assertThat(kserve.requests).hasSize(3);
  }

  /** Each asker's own: on a miss, on a hit, and where the stored answer has one or none. */
  @Test
  void ids() {
    String asked = tensors("1", ",\"id\":\"one\"");
    kserve.script =
        request -> request.answer("{\"id\":\"one\",\"outputs\":[],\"model_name\":\"m\"}");
    assertThat(Json.parse(pod.post(INFER, asked).body()).get("id").textValue()).isEqualTo("one");
    HttpResponse<String> two = pod.post(INFER, asked.replace("one", "two"));
    assertThat(status(two)).contains("; hit");
    assertThat(two.body()).isEqualTo("{\"id\":\"two\",\"outputs\":[],\"model_name\":\"m\"}");
    HttpResponse<String> none = pod.post(INFER, tensors("1", ""));
    assertThat(status(none)).contains("; hit");
    assertThat(none.body()).isEqualTo("{\"outputs\":[],\"model_name\":\"m\"}");
    kserve.script = request -> request.answer("{\"id\":\"made up\",\"outputs\":[]}");
    assertThat(pod.post(INFER, tensors("2", "")).body())
        .isEqualTo("{\"id\":\"made up\",\"outputs\":[]}");
    assertThat(pod.post(INFER, tensors("2", ",\"id\":\"x\"")).body())
        .isEqualTo("{\"id\":\"x\",\"outputs\":[]}");
    assertThat(kserve.requests).hasSize(2);
  }

  /**
   * Who asks while the answer is on its way: one inference, and each has his own id. Asked until
   * both others were in time.
   */
  @Test
  void together() {
    AtomicInteger round = new AtomicInteger();
    await().until(() -> together(round.incrementAndGet()) == 2);
  }

  private int together(int round) {
    int asked = kserve.requests.size();
    int before = pod.joined.get();
    CountDownLatch go = new CountDownLatch(1);
    kserve.script =
        request -> {
          try {
            assertThat(go.await(20, TimeUnit.SECONDS)).isTrue();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          request.answer("{\"id\":\"one\",\"outputs\":[]}");
        };
    String question = tensors("1" + round, ",\"id\":\"one\"");
    CompletableFuture<HttpResponse<String>> one = pod.ask("POST", INFER, question);
    await().until(() -> kserve.requests.size() > asked);
    CompletableFuture<HttpResponse<String>> two =
        pod.ask("POST", INFER, question.replace("one", "two"));
    CompletableFuture<HttpResponse<String>> none = pod.ask("POST", INFER, tensors("1" + round, ""));
    for (int i = 0; i < round; i++) {
      pod.get("/v1/models");
    }
    go.countDown();
    assertThat(ModelPod.get(one).body()).isEqualTo("{\"id\":\"one\",\"outputs\":[]}");
    assertThat(ModelPod.get(two).body()).isEqualTo("{\"id\":\"two\",\"outputs\":[]}");
    assertThat(ModelPod.get(none).body()).isEqualTo("{\"outputs\":[]}");
    assertThat(kserve.requests).hasSize(asked + 1);
    return pod.joined.get() - before;
  }

  @Test
  void aPinnedVersion() {
    pod.post("/v2/models/seven/infer", tensors("1", ""));
    assertThat(kserve.last().head()).startsWith("POST /v2/models/provider-seven/versions/7/infer ");
    assertThat(status(pod.post("/v2/models/seven/versions/7/infer", tensors("1", ""))))
        .contains("; hit");
    HttpResponse<String> other = pod.post("/v2/models/seven/versions/8/infer", tensors("1", ""));
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(Json.parse(other.body()).get("error").textValue()).contains("versions/8");
    // Where none is pinned the client's is asked, and is another question.
    pod.post("/v2/models/eye/versions/8/infer", tensors("1", ""));
    assertThat(kserve.last().head()).startsWith("POST /base/v2/models/provider-eye/versions/8/");
    assertThat(status(pod.post(INFER, tensors("1", "")))).contains("fwd=uri-miss");
  }

  @Test
  void rowsAndColumns() {
    String rows = "{\"instances\": [NaN, 1.0]}";
    assertThat(pod.post("/v1/models/row:predict", rows).body()).isEqualTo(PREDICTIONS);
    assertThat(tf.last().head()).startsWith("POST /v1/models/provider-row:predict ");
    assertThat(tf.last().body()).isEqualTo(rows);
    assertThat(status(pod.post("/v1/models/row:predict", "{\"instances\":[NaN,1]}")))
        .contains("; hit");
    assertThat(status(pod.post("/v1/models/row:predict", "{\"inputs\":[NaN,1]}")))
        .contains("fwd=uri-miss");
    assertThat(status(pod.post("/v1/models/row/labels/new:predict", rows)))
        .contains("fwd=uri-miss");
    assertThat(tf.last().head()).startsWith("POST /v1/models/provider-row/labels/new:predict ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "200 OK                  | 502 | {\"error\":\"no memory\",\"outputs\":[]} | no memory",
        "200 OK                  | 502 | {\"outputs\":[{\"data\":[1,2]}           | cannot be read",
        "200 OK                  | 502 | {\"predictions\":[1]}                    | cannot be read",
        "400 Bad Request         | 400 | {\"error\":\"wrong shape\"}              | wrong shape",
        "404 Not Found           | 404 | {\"error\":\"no such model\"}            | no such model",
        "401 Unauthorized        | 502 | {\"error\":\"key sk-of-eye\"}            | credential",
        "500 Internal            | 500 | <html>                                   | status 500",
        "503 Service Unavailable | 503 | {\"error\":\"loading\"}                  | loading",
        "201 Created             | 400 | {\"outputs\":[]}                         | status 201",
      })
  void errorsAreToldAndNeverKept(String came, int told, String body, String why) {
    kserve.script = request -> request.answer(came, "application/json", body);
    HttpResponse<String> answer = pod.post(INFER, tensors("1", ""));
    assertThat(answer.statusCode()).isEqualTo(told);
    assertThat(Json.parse(answer.body()).get("error").textValue())
        .contains(why)
        .doesNotContain("sk-of");
    pod.post(INFER, tensors("1", ""));
    assertThat(kserve.requests).hasSize(2);
  }

  @Test
  void aStreamIsNoAnswer() {
    kserve.script = request -> request.streamed("data: {\"outputs\":[]}\n\n");
    assertThat(pod.post(INFER, tensors("1", "")).statusCode()).isEqualTo(502);
    pod.post(INFER, tensors("1", ""));
    assertThat(kserve.requests).hasSize(2);
  }

  @Test
  void anAnswerIsJsonWhateverItIsCalled() {
    kserve.script = request -> request.answer("200 OK", "text/event-stream", "{\"outputs\":[]}");
    HttpResponse<String> answer = pod.post(INFER, tensors("1", ""));
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    assertThat(status(pod.post(INFER, tensors("1", "")))).contains("; hit");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "POST | /v2/models/nobody/infer        | {\"inputs\":[]} | 404",
        "POST | /v2/models/row/infer           | {\"inputs\":[]} | 400",
        "POST | /v1/models/eye:predict         | {\"inputs\":[]} | 400",
        "POST | /v2/models/gpt/infer           | {\"inputs\":[]} | 400",
        "POST | /v2/models/eye/infer           | {\"inputs\":[   | 400",
        "POST | /v2/models/eye/infer           | ''              | 400",
        "GET  | /v2/models/eye/infer           | ''              | 405",
        "POST | /v2/models/eye/ready           | ''              | 405",
      })
  void refusedInTheClientsWords(String method, String path, String body, int status) {
    HttpResponse<String> answer = ModelPod.get(pod.ask(method, path, body));
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(Json.parse(answer.body()).get("error").isTextual()).isTrue();
    assertThat(kserve.requests).isEmpty();
    assertThat(answer.headers().firstValue("allow"))
        .isEqualTo(
            status == 405 ? Optional.of(method.equals("GET") ? "POST" : "GET") : Optional.empty());
  }

  @Test
  void whatIsOfAPersonLeavesNoTrace() {
    String asked = tensors("\"ann@example.com\"", "");
    pod.post(INFER, asked);
    assertThat(status(pod.post(INFER, asked))).contains("fwd=bypass").contains("sensitive");
    assertThat(kserve.requests).hasSize(2);
  }

  @Test
  void binaryTensorsAreRefused() {
    HttpResponse<String> answer =
        pod.post(INFER, tensors("1", ""), "inference-header-content-length", "10");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("inference-header-content-length");
  }

  @Test
  void noPictureWithoutAPlaceForIt() {
    HttpResponse<String> answer = pod.post(INFER, "GIF89a", "content-type", "image/gif");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("`picture`");
  }

  /** Neither chats with one that takes tensors nor asks one that chats for them. */
  @Test
  void conversations() {
    HttpResponse<String> answer =
        pod.post(
            "/v1/chat/completions",
            "{\"model\":\"eye\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("holds no conversations");
    assertThat(pod.post("/v1/embeddings", "{\"model\":\"eye\",\"input\":\"a\"}").body())
        .contains("makes no embeddings");
  }

  @Test
  void whatAModelIs() {
    kserve.script = request -> request.answer("{\"name\":\"provider-eye\",\"versions\":[\"1\"]}");
    HttpResponse<String> one = pod.get("/v2/models/eye");
    assertThat(one.body()).isEqualTo("{\"name\":\"provider-eye\",\"versions\":[\"1\"]}");
    assertThat(kserve.last().head()).startsWith("GET /base/v2/models/provider-eye ");
    assertThat(kserve.last().field("content-length")).isEmpty();
    assertThat(status(one)).contains("fwd=bypass").contains("model-state");
    pod.get("/v2/models/seven/ready");
    assertThat(kserve.last().head()).startsWith("GET /v2/models/provider-seven/versions/7/ready ");
    kserve.script = request -> request.answer("503 No", "text/plain", "loading");
    assertThat(pod.get("/v2/models/eye/ready").statusCode()).isEqualTo(503);
    tf.script = request -> request.answer("{\"model_version_status\":[]}");
    assertThat(pod.get("/v1/models/row").body()).isEqualTo("{\"model_version_status\":[]}");
    assertThat(tf.last().head()).startsWith("GET /v1/models/provider-row ");
    // The same path, of one that chats: OpenAI's API.
    assertThat(Json.parse(pod.get("/v1/models/gpt").body()).get("object").textValue())
        .isEqualTo("model");
    assertThat(pod.get("/v1/models").body()).contains("\"eye\"", "\"row\"", "\"gpt\"");
  }
}
