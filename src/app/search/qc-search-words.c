/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-search-words.h. Pure functions over texts, any thread.
 */
#include "qc-search-words.h"

#include <string.h>

#include "qc-fold.h"
#include "qc-search.h"
#include "qc-typed-word.h"

/* A 业务流水号 has more characters than any number one types in passing: fewer would be in each of them. */
#define LEAST_SERIAL 4

/* One row a business: as the guide calls it, how it sounds, by its first letters, and in English. */
static const char *const business_words[QC_N_BUSINESSES] = {
    [QC_BUSINESS_REMITTANCE] = "汇缴 huijiao hj remittance remit monthly",
    [QC_BUSINESS_BACK_PAYMENT] = "补缴 bujiao bj back payment",
    [QC_BUSINESS_UNIT_CHANGE] = "单位缴存登记信息变更 单位信息变更 danweixinxibiangeng dwxxbg xinxibiangeng xxbg "
                                "biangeng bg change unit registration",
    [QC_BUSINESS_ACCOUNT_OPENING]
    = "个人账户设立 开户 gerenzhanghusheli grzhsl zhanghusheli zhsl kaihu kh account opening open accounts new",
    [QC_BUSINESS_TRANSFER] = "同城转移 转移 tongchengzhuanyi tczy zhuanyi zy transfer",
    [QC_BUSINESS_SEALING] = "封存/启封 封存 启封 fengcunqifeng fcqf fengcun fc qifeng qf seal unseal sealing unsealing",
    [QC_BUSINESS_BASE_ADJUSTMENT]
    = "缴存基数调整 基数调整 jiaocunjishutiaozheng jcjstz jishutiaozheng jstz base adjustment adjust",
    [QC_BUSINESS_INQUIRY] = "单位住房公积金信息查询 信息查询 xinxichaxun xxcx chaxun cx inquiry query",
    [QC_BUSINESS_RETIREMENT]
    = "授权退休年龄 shouquantuixiunianling sqtxnl tuixiunianling txnl tuixiu tx authorize retirement age",
};

const char *
qc_search_business_words (QcBusiness business)
{
  return business < QC_N_BUSINESSES && business_words[business] ? business_words[business] : "";
}

/* The words of @text, folded; empty ones left out. (transfer full) */
static GPtrArray *
split_words (const char *text)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) plain = g_string_new (text);
  g_string_replace (plain, "\xe3\x80\x80", " ", 0); /* the wide blank of Chinese input methods */
  g_auto (GStrv) parts = g_strsplit_set (plain->str, " \t\n", -1);
  for (guint i = 0; parts[i]; i++) {
    char *word = qc_text_fold_query (parts[i]);
    if (*word)
      g_ptr_array_add (words, word);
    else
      g_free (word);
  }
  return g_steal_pointer (&words);
}

/* At the beginning of a word; anywhere in it where the word is no Latin one. */
static gboolean
begins_word (const char *words, const char *typed)
{
  gboolean anywhere = (guchar)*typed >= 0x80;
  for (const char *at = strstr (words, typed); at; at = strstr (at + 1, typed))
    if (anywhere || at == words || at[-1] == ' ')
      return TRUE;
  return FALSE;
}

gboolean
qc_search_fits (const char *words, const char *text)
{
  g_autoptr (GPtrArray) typed = split_words (text);
  g_autofree char *lower = g_utf8_strdown (words, -1);
  for (guint i = 0; i < typed->len; i++)
    if (!begins_word (lower, typed->pdata[i]))
      return FALSE;
  return typed->len > 0;
}

/* (transfer full) (nullable) */
static char *
dup_businesses (const char *word)
{
  g_autoptr (GString) codes = g_string_new (" ");
  for (guint i = 0; i < QC_N_BUSINESSES; i++)
    if (begins_word (qc_search_business_words (i), word))
      g_string_append_printf (codes, "%s ", qc_business_info (i)->code);
  return codes->len > 1 ? g_string_free (g_steal_pointer (&codes), FALSE) : NULL;
}

QcSearchWords *
qc_search_words_new (const char *text)
{
  QcSearchWords *self = g_new0 (QcSearchWords, 1);
  self->words = split_words (text);
  self->meanings = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_array_new (FALSE, TRUE, sizeof (QcStoreSearchWord));
  for (guint i = 0; i < self->words->len; i++) {
    const char *word = self->words->pdata[i];
    char *businesses = dup_businesses (word);
    const QcTypedWord typed = qc_typed_word_read (word);
    const QcStoreSearchWord asked = {.serial = strlen (word) >= LEAST_SERIAL ? word : NULL,
                                     .has_fen = typed.has_fen,
                                     .fen_from = typed.fen_from,
                                     .fen_to = typed.fen_to,
                                     .from = typed.from,
                                     .to = typed.to,
                                     .month_number = typed.month_number,
                                     .businesses = businesses};
    if (businesses)
      g_ptr_array_add (self->meanings, businesses);
    g_array_append_val (self->asked, asked);
  }
  return self;
}

void
qc_search_words_free (QcSearchWords *self)
{
  g_ptr_array_unref (self->words);
  g_ptr_array_unref (self->meanings);
  g_array_unref (self->asked);
  g_free (self);
}
