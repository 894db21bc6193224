package io.warmgate.aisimulator.gemini;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.warmgate.aisimulator.exchange.Answer;
import io.warmgate.aisimulator.exchange.Refused;
import io.warmgate.aisimulator.model.ModelBehavior.Kind;
import io.warmgate.aisimulator.model.ServedModel;
import io.warmgate.aisimulator.model.ServedModels;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code GET /v1beta/models}, page by page. */
final class GeminiModels {
  /** Of a page, where the request does not say. */
  private static final int USUAL = 50;

  private final ServedModels models;

  GeminiModels(ServedModels models) {
    this.models = models;
  }

  /**
   * @param query {@code pageSize} and {@code pageToken}, both of which may be missing
   */
  Answer page(String query) throws Refused {
    Map<String, String> asked =
        Arrays.stream(query.split("&", -1))
            .filter(pair -> pair.contains("="))
            .map(pair -> pair.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    int said = number(asked, "pageSize", 0);
    int size = said == 0 ? USUAL : said;
    int from = number(asked, "pageToken", 0);
    List<ServedModel> offered =
        models.all().stream().filter(model -> model.behavior().kind() != Kind.TENSOR).toList();
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode list = page.putArray("models");
    offered.stream().skip(from).limit(size).forEach(model -> list.add(description(model)));
    if (from + size < offered.size()) {
      page.put("nextPageToken", Integer.toString(from + size));
    }
    return new Answer.Whole(200, Map.of(), page, null);
  }

  private static int number(Map<String, String> asked, String name, int absent) throws Refused {
    String said = asked.getOrDefault(name, Integer.toString(absent));
    if (!said.matches("[0-9]{1,4}")) {
      throw Refused.of(400, "Invalid value at '" + name + "': " + said);
    }
    return Integer.parseInt(said);
  }

  private static ObjectNode description(ServedModel model) {
    ObjectNode described =
        JsonNodeFactory.instance
            .objectNode()
            .put("name", "models/" + model.name())
            .put("version", model.behavior().version())
            .put("displayName", model.name());
    ArrayNode methods = described.putArray("supportedGenerationMethods");
    if (model.behavior().kind() == Kind.CHAT) {
      methods.add("generateContent");
    } else {
      methods.add("batchEmbedContents");
    }
    return described;
  }
}
