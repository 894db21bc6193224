package io.warmgate.server.ai;

import com.fasterxml.jackson.databind.JsonNode;
import io.warmgate.ai.json.Json;
import io.warmgate.ai.privacy.SensitiveClass;
import io.warmgate.config.Conditions;
import io.warmgate.config.Conditions.Condition;
import io.warmgate.config.Conditions.Condition.Part;
import io.warmgate.httpcache.Reason;
import io.warmgate.server.exchange.Question;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Which questions leave no trace in the cache, by what is in them. */
final class Privacy {
  private Privacy() {}

  /**
   * @param content of the request, as JSON
   * @param sensitive what the question holds of persons
   */
  static Question of(
      Question question,
      Conditions conditions,
      Supplier<JsonNode> content,
      Supplier<Set<SensitiveClass>> sensitive) {
    List<Condition> bypass = ofFields(conditions.bypass());
    List<Condition> noStore = ofFields(conditions.noStore());
    JsonNode read = bypass.isEmpty() && noStore.isEmpty() ? Json.nothing() : content.get();
    if (holdsOne(bypass, read)) {
      return question.never(Reason.BYPASS);
    }
    if (conditions.sensitive() == null && !sensitive.get().isEmpty()) {
      return question.never(Reason.SENSITIVE);
    }
    return holdsOne(noStore, read) ? question.unkept() : question;
  }

  private static List<Condition> ofFields(List<Condition> conditions) {
    return conditions.stream().filter(asked -> asked.part() == Part.FIELD).toList();
  }

  private static boolean holdsOne(List<Condition> fields, JsonNode content) {
    for (Condition condition : fields) {
      JsonNode found = content.at(condition.name());
      String value = condition.value();
      if (!found.isMissingNode() && (value == null || value.equals(text(found)))) {
        return true;
      }
    }
    return false;
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }
}
