package io.warmgate.config;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** What a model at Amazon Bedrock is asked with. No string of it shows what is secret. */
public sealed interface BedrockKey {

  /** One of Bedrock's API keys: it is sent. */
  record ApiKey(String value) implements BedrockKey {
    @Override
    public String text() {
      return value;
    }

    @Override
    public String toString() {
      return "[redacted]";
    }
  }

  /**
   * An access key of AWS: it is signed with.
   *
   * @param sessionToken of credentials that are temporary; null: they are not
   */
  record AccessKey(String id, String secret, @Nullable String sessionToken) implements BedrockKey {
    @Override
    public String text() {
      ObjectNode node = new JsonMapper().createObjectNode();
      node.put("accessKeyId", id).put("secretAccessKey", secret);
      return (sessionToken == null ? node : node.put("sessionToken", sessionToken)).toString();
    }

    @Override
    public String toString() {
      return "[redacted]";
    }
  }

  /** As {@link #parse} reads it, on one line. */
  String text();

  /**
   * Reads an API key as it is, or an access key in JSON: {@code accessKeyId}, {@code
   * secretAccessKey} and, where it is temporary, {@code sessionToken}, which may begin with
   * capitals.
   *
   * @throws ConfigException whose problem is a clause that says what to do, and nothing of the text
   */
  static BedrockKey parse(String text) {
    return new BedrockKeyReader(text.strip()).read();
  }
}
