package io.warmgate.aisimulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Open Inference Protocol and TensorFlow Serving's API, on the wire. */
final class TensorsTest {
  private static final String INFER = "/v2/models/sim-classifier/infer";
  private static final String PREDICT = "/v1/models/sim-classifier:predict";
  private static Wire wire;

  @BeforeAll
  static void start() {
    wire = new Wire();
  }

  @AfterAll
  static void stop() {
    wire.close();
  }

  @Test
  void infersTheSameForTheSameTensor() throws Exception {
    JsonNode flat = post(INFER, tensor("[2,2]", "[1,2,3,4]"));

    assertThat(flat.path("model_name").asText()).isEqualTo("sim-classifier");
    assertThat(flat.path("model_version").asText()).isEqualTo("2");
    assertThat(flat.path("outputs").get(0).path("datatype").asText()).isEqualTo("BYTES");
    double sum =
        StreamSupport.stream(flat.path("outputs").get(1).path("data").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .sum();
    assertThat(sum).isBetween(0.999, 1.001);
    assertThat(post(INFER, tensor("[2,2]", "[[1,2],[3,4]]"))).isEqualTo(flat);
    assertThat(post(INFER, tensor("[2,2]", "[1,2,3,5]"))).isNotEqualTo(flat);
  }

  @Test
  void saysTheIdAgainAndOnlyTheOutputsThatAreWanted() throws Exception {
    JsonNode answer =
        post(
            INFER,
            """
            {"id":"42","outputs":[{"name":"label"}],
             "inputs":[{"name":"image","shape":[1],"datatype":"BYTES","data":["x"]}]}\
            """);

    assertThat(answer.path("id").asText()).isEqualTo("42");
    assertThat(answer.path("outputs")).hasSize(1);
  }

  @Test
  void servesOlderVersionsByTheirPaths() throws Exception {
    String body = tensor("[1]", "[7]");
    JsonNode older = post("/v2/models/sim-classifier/versions/1/infer", body);

    assertThat(older.path("model_version").asText()).isEqualTo("1");
    assertThat(older.path("outputs")).isNotEqualTo(post(INFER, body).path("outputs"));
    assertThat(get("/v2/models/sim-classifier").path("versions").toString())
        .isEqualTo("[\"1\",\"2\"]");
    assertThat(get("/v1/models/sim-classifier").path("model_version_status")).hasSize(2);
    assertThat(get("/v1/models/sim-classifier/versions/1").path("model_version_status")).hasSize(1);
    assertThat(
            get("/v1/models/sim-classifier/metadata").path("model_spec").path("version").asText())
        .isEqualTo("2");
    assertThat(get("/v2/models/sim-classifier/versions/1/ready").path("ready").asBoolean())
        .isTrue();
    assertThat(get("/v2/health/ready").path("ready").asBoolean()).isTrue();
  }

  @Test
  void predictsByRowsAndByColumns() throws Exception {
    JsonNode rows =
        post(PREDICT, "{\"instances\":[{\"b64\":\"AAAA\"},{\"b64\":\"AAAB\"},{\"b64\":\"AAAA\"}]}")
            .path("predictions");
    JsonNode column = post(PREDICT, "{\"inputs\":{\"b64\":\"AAAA\"}}").path("outputs");

    assertThat(rows).hasSize(3);
    assertThat(rows.get(0)).isEqualTo(rows.get(2)).isEqualTo(column).isNotEqualTo(rows.get(1));
    assertThat(
            post("/v1/models/sim-classifier/versions/1:predict", "{\"inputs\":{\"b64\":\"AAAA\"}}")
                .path("outputs"))
        .isNotEqualTo(column);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /v2/models/sim-classifier/infer            | {}                                       | 400
          /v2/models/sim-classifier/infer            | {"inputs":[{"name":"x","shape":[2],"datatype":"UINT8","data":[1]}]}   | 400
          /v2/models/sim-classifier/infer            | {"inputs":[{"name":"x","shape":[1],"datatype":"UINT8","data":[256]}]} | 400
          /v2/models/sim-classifier/infer            | {"inputs":[{"name":"x","shape":[1],"datatype":"FLOAT","data":[1]}]}   | 400
          /v2/models/sim-classifier/infer            | {"inputs":[{"name":"x","shape":[1],"datatype":"UINT8","data":[1],"b64":1}]} | 400
          /v2/models/sim-classifier/versions/9/infer | {"inputs":[{"name":"x","shape":[1],"datatype":"UINT8","data":[1]}]}   | 404
          /v2/models/sim-1/infer                     | {"inputs":[{"name":"x","shape":[1],"datatype":"UINT8","data":[1]}]}   | 404
          /v1/models/sim-classifier:predict          | {}                                       | 400
          /v1/models/sim-classifier:predict          | {"instances":[1],"inputs":[1]}           | 400
          /v1/models/sim-classifier:predict          | {"instances":[{"b64":"?"}]}              | 400
          /v1/models/sim-classifier:predict          | {"instances":[1],"id":"1"}               | 400
          /v1/models/sim-classifier/versions/9:predict | {"instances":[1]}                      | 404
          """)
  void refuses(String path, String body, int status) throws Exception {
    HttpResponse<String> response = wire.send(wire.request(path, body));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(Wire.JSON.readTree(response.body()).path("error").isTextual()).isTrue();
  }

  @Test
  void countsAndFailsLikeOtherModels() throws Exception {
    wire.control(
        """
        {"models":{"mine":{"kind":"tensor","failure":{"status":503,"times":1}}}}\
        """);
    String body = tensor("[1]", "[7]");

    assertThat(wire.send(wire.request("/v2/models/mine/infer", body)).statusCode()).isEqualTo(503);
    assertThat(wire.send(wire.request("/v2/models/mine/infer", body)).statusCode()).isEqualTo(200);
    assertThat(wire.counts("mine").path("requests").asInt()).isEqualTo(2);
  }

  private static String tensor(String shape, String data) {
    return """
    {"inputs":[{"name":"image","shape":%s,"datatype":"UINT8","data":%s}]}\
    """
        .formatted(shape, data);
  }

  private static JsonNode post(String path, String body) throws Exception {
    HttpResponse<String> response = wire.send(wire.request(path, body));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return Wire.JSON.readTree(response.body());
  }

  private static JsonNode get(String path) throws Exception {
    return Wire.JSON.readTree(wire.send(HttpRequest.newBuilder(wire.uri(path))).body());
  }
}
