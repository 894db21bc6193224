package io.warmgate.aisimulator.answer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A conversation as it is written down: the same one in two dialects is the same transcript. Ids of
 * calls are left out. Tokens: of all texts, four a message and {@value #IMAGE_TOKENS} an image.
 */
public final class Transcript {
  public static final int IMAGE_TOKENS = 85;
  private static final int MESSAGE_TOKENS = 4;

  private final StringBuilder lines = new StringBuilder();
  private final StringBuilder userText = new StringBuilder();
  private final StringBuilder toolResults = new StringBuilder();
  private int tokens;
  private int images;

  /** Instructions that go before what users say. */
  public void system(String text) {
    message("system", text);
  }

  /** A turn of the user's begins: what was said and found out before is past. */
  public void userTurn() {
    userText.setLength(0);
    toolResults.setLength(0);
    tokens += MESSAGE_TOKENS;
  }

  /** What the user says in this turn. */
  public void user(String text) {
    userText.append(userText.isEmpty() ? "" : "\n").append(text);
    line("user", text);
  }

  /** A picture that the user shows in this turn. */
  public void image(byte[] content) {
    imageNamed("sha256:" + Digest.brief(content));
  }

  /** A picture that the user names by a URL, which is not fetched. */
  public void imageNamed(String name) {
    images++;
    tokens += IMAGE_TOKENS;
    lines.append("image: ").append(name).append('\n');
  }

  /** What the model said earlier. */
  public void assistant(String text) {
    message("assistant", text);
  }

  /** A call that the model made earlier. */
  public void call(String tool, JsonNode arguments) {
    message("call", tool + " " + arguments);
  }

  /** What a call brought. */
  public void result(String text) {
    toolResults.append(toolResults.isEmpty() ? "" : " and ").append(text);
    message("result", text);
  }

  /** A tool that is offered. */
  public void tool(Tool tool) {
    line("tool", tool.name() + " " + tool.parameters());
  }

  private void message(String who, String text) {
    tokens += MESSAGE_TOKENS;
    line(who, text);
  }

  private void line(String who, String text) {
    tokens += Tokens.count(text);
    lines.append(who).append(": ").append(text).append('\n');
  }

  /** What the user said last. */
  public String lastUserText() {
    return userText.toString();
  }

  /** What calls since brought; empty where none was made. */
  public String lastToolResults() {
    return toolResults.toString();
  }

  public int tokens() {
    return tokens;
  }

  public int images() {
    return images;
  }

  /** All of it, one line after the other. */
  @Override
  public String toString() {
    return lines.toString();
  }
}
