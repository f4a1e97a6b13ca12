/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: 2026 The Qingce authors
 *
 * See qc-search-places.h. Main thread.
 */
#include "qc-search-places.h"

#include <glib/gi18n.h>

#include "qc-pages.h"
#include "qc-search.h"

/* A command more is a row. @words: as people say it in Chinese, how that sounds, its first letters, and in English;
 * the label is looked in too. @accelerator: of a page's own command, which is no shortcut of the program. */
static const struct {
  const char *action; /* detailed */
  const char *msgid;
  const char *words;
  const char *icon;
  const char *accelerator;
} commands[] = {
    {"win.go::remittance/same", N_ ("Remit the same as last month"),
     "与上月相同 汇缴 yushangyuexiangtong ysyxt xiangtong xt same last month", "qc-remittance-symbolic", NULL},
    {"win.remittance-review-all", N_ ("Mark all months as reviewed"),
     "全部已复核 quanbuyifuhe qbyfh fuhe fh review all", "object-select-symbolic", "<Control><Shift>e"},
    {"win.remittance-new", N_ ("New remittance"), "新的汇缴 xindehuijiao xdhj xinhuijiao xhj new remittance",
     "qc-remittance-symbolic", "<Control>n"},
    {"win.people-export", N_ ("Export the people shown"),
     "导出人员 导出职工 daochurenyuan dcry daochu dc export people excel", "document-save-symbolic",
     "<Control><Shift>e"},
    {"win.records-export", N_ ("Export the records shown"), "导出记录 daochujilu dcjl daochu dc export records excel",
     "document-save-symbolic", "<Control><Shift>e"},
    {"win.sync-now", N_ ("Sync now"), "立即同步 同步 lijitongbu ljtb tongbu tb sync fetch refresh",
     "view-refresh-symbolic", NULL},
    {"win.show-status", N_ ("What waits"),
     "等待 待提交 同步状态 dengdai dd daitijiao dtj zhuangtai zt status queue outbox",
     "network-transmit-receive-symbolic", NULL},
    {"win.choose-unit", N_ ("Choose the unit"),
     "切换单位 选择单位 qiehuandanwei qhdw xuanzedanwei xzdw danwei dw unit switch", "qc-unit-change-symbolic", NULL},
    {"win.mark-unit", N_ ("Name and colour of the unit"),
     "单位简称与颜色 danweijiancheng dwjc jiancheng jc yanse ys unit short name colour", "qc-unit-change-symbolic",
     NULL},
    {"win.show-trash", N_ ("Trash: deleted drafts"),
     "回收站 已删除的草稿 huishouzhan hsz shanchu sc trash deleted drafts", "user-trash-symbolic", NULL},
    {"win.show-keep", N_ ("Backup and moving"),
     "备份 恢复 搬家 移交 beifen bf huifu hf banjia bj qianyi qy yijiao yj backup restore move bundle hand over",
     "drive-harddisk-symbolic", NULL},
    {"win.preferences", N_ ("Preferences"), "偏好设置 设置 pianhaoshezhi phsz shezhi sz preferences settings options",
     "preferences-system-symbolic", NULL},
    {"win.show-guide", N_ ("Guide"), "使用指南 帮助 手册 shiyongzhinan syzn zhinan zn bangzhu bz guide help manual",
     "help-browser-symbolic", NULL},
    {"win.show-tour", N_ ("A look around"), "快速了解 导览 daolan dl tour introduction look around", "starred-symbolic",
     NULL},
    {"win.check-computer", N_ ("Check this computer"),
     "检查这台电脑 jianchazhetaidiannao jczt jiancha jc diannao dn zhenduan zd check computer diagnose",
     "computer-symbolic", NULL},
    {"win.show-sign-in", N_ ("Sign in"), "登录 denglu dl sign in login", "avatar-default-symbolic", NULL},
    {"win.sign-out", N_ ("Sign out"), "退出登录 tuichudenglu tcdl sign out logout", "system-log-out-symbolic", NULL},
    {"win.open-portal", N_ ("Open the portal"), "打开政务服务网 门户 dakaimenhu dkmh menhu mh portal browser",
     "web-browser-symbolic", NULL},
    {"win.show-start", N_ ("Change the center"), "更换中心 genghuanzhongxin ghzx zhongxin zx center profile",
     "qc-center-symbolic", NULL},
    {"win.practice-advance", N_ ("Practice: go to the next month"),
     "演练下一个月 yanlianxiayigeyue ylxygy yanlian yl practice next month", "qc-practice-symbolic", NULL},
    {"win.practice-reset", N_ ("Practice: start over"),
     "演练重新开始 chongxinkaishi cxks yanlian yl practice reset start over", "qc-practice-symbolic", NULL},
    {"win.open-console", N_ ("Practice: open the center's desk"),
     "演练中心审核台 shenhetai sht yanlian yl practice console desk", "qc-practice-symbolic", NULL},
    {"win.color-scheme::light", N_ ("Appearance: light"), "外观浅色 waiguan wg qianse qs light appearance theme",
     "display-brightness-symbolic", NULL},
    {"win.color-scheme::dark", N_ ("Appearance: dark"), "外观深色 waiguan wg shense ss dark appearance theme",
     "weather-clear-night-symbolic", NULL},
    {"win.color-scheme::follow", N_ ("Appearance: as the desktop"),
     "外观跟随系统 waiguan wg gensuixitong gsxt follow desktop theme", "video-display-symbolic", NULL},
    {"win.show-help-overlay", N_ ("Keyboard shortcuts"),
     "键盘快捷键 jianpankuaijiejian jpkjj kuaijiejian kjj keyboard shortcuts keys", "input-keyboard-symbolic", NULL},
    {"win.about", N_ ("About Qingce"), "关于清册 guanyu gy about version", "help-about-symbolic", NULL},
    {"win.close", N_ ("Close the window"), "关闭窗口 guanbichuangkou gbck close window quit exit",
     "window-close-symbolic", NULL},
};

/* Of pages that are no business: as above. */
static const struct {
  const char *page, *words;
} page_words[] = {
    {"home", "首页 shouye sy start home"},
    {"applications", "业务申请记录 申请 yewushenqingjilu ywsqjl shenqingjilu sqjl records applications"},
    {"vouchers", "凭证 汇补缴凭证 pingzheng pz voucher print paper"},
    {"units", "全部单位 quanbudanwei qbdw danwei dw units all"},
    {"people", "人员 职工 renyuan ry zhigong zg people employees roster"},
};

void
qc_search_place_free (QcSearchPlace *place)
{
  g_free (place->id);
  g_free (place->label);
  g_free (place->shortcut);
  g_free (place);
}

/* Whether the window can do it now. */
static gboolean
can_do (QcWindow *window, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;
  return g_action_parse_detailed_name (detailed, &name, &target, NULL) && g_str_has_prefix (name, "win.")
         && g_action_group_get_action_enabled (G_ACTION_GROUP (window), name + strlen ("win."));
}

/* @accelerator (nullable): of a page's own command */
static char *
dup_shortcut (QcWindow *window, const char *detailed, const char *accelerator)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (window));
  g_auto (GStrv) accels = application ? gtk_application_get_accels_for_action (application, detailed) : NULL;
  const char *accel = accels && accels[0] ? accels[0] : accelerator;
  guint key;
  GdkModifierType modifiers;
  return accel && gtk_accelerator_parse (accel, &key, &modifiers) ? gtk_accelerator_get_label (key, modifiers) : NULL;
}

static QcSearchPlace *
place_new (QcWindow *window, const char *id, const char *label, const char *icon, const char *accelerator)
{
  QcSearchPlace *place = g_new0 (QcSearchPlace, 1);
  place->id = g_strdup (id);
  place->label = g_strdup (label);
  place->shortcut = dup_shortcut (window, id, accelerator);
  place->icon = icon;
  return place;
}

/* Whether @words or @label is meant by @text, or it is asked for by its id. */
static gboolean
is_meant (const char *words, const char *label, const char *text, const char *id, const char *wanted)
{
  if (wanted)
    return g_str_equal (id, wanted);
  g_autofree char *all = g_strconcat (words, " ", label, NULL);
  return qc_search_fits (all, text);
}

static const char *
words_of_page (const QcPageInfo *info)
{
  for (gsize i = 0; i < G_N_ELEMENTS (page_words); i++)
    if (g_str_equal (page_words[i].page, info->name))
      return page_words[i].words;
  return info->business >= 0 ? qc_search_business_words ((QcBusiness)info->business) : "";
}

static void
add_pages (GPtrArray *out, QcWindow *window, const char *text, const char *wanted)
{
  const QcPageInfo *info;
  for (guint i = 0; can_do (window, "win.go::home") && (info = qc_pages_get (i)); i++) {
    g_autofree char *id = g_strdup_printf ("win.go::%s", info->name);
    const char *label = qc_page_info_get_label (info);
    if (!info->get_type || !is_meant (words_of_page (info), label, text, id, wanted))
      continue;
    QcSearchPlace *place = place_new (window, id, label, qc_page_info_get_icon (info), NULL);
    if (i < 9 && !place->shortcut) {
      g_autofree char *nth = g_strdup_printf ("win.go-nth(uint32 %u)", i);
      place->shortcut = dup_shortcut (window, nth, NULL);
    }
    g_ptr_array_add (out, place);
  }
}

static void
add_commands (GPtrArray *out, QcWindow *window, const char *text, const char *wanted)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    const char *label = _ (commands[i].msgid);
    if (is_meant (commands[i].words, label, text, commands[i].action, wanted) && can_do (window, commands[i].action))
      g_ptr_array_add (out, place_new (window, commands[i].action, label, commands[i].icon, commands[i].accelerator));
  }
}

/* The other units that may be acted for. */
static void
add_units (GPtrArray *out, QcWindow *window, QcSession *session, const char *text, const char *wanted)
{
  const GPtrArray *units = qc_session_get_units (session);
  for (guint i = 0; i < units->len; i++) {
    const QcUnitChoice *unit = g_ptr_array_index (units, i);
    g_autofree char *id = g_strdup_printf ("win.switch-unit::%s", unit->account);
    /* Translators: a command; the name of a unit. */
    g_autofree char *label = g_strdup_printf (_ ("Switch to %s"), unit->name);
    if (g_strcmp0 (unit->account, qc_session_get_unit_account (session)) != 0
        && qc_session_may_act (session, unit->account) && is_meant (unit->account, label, text, id, wanted))
      g_ptr_array_add (out, place_new (window, id, label, "qc-unit-change-symbolic", NULL));
  }
}

static GPtrArray *
find (QcWindow *window, QcSession *session, const char *text, const char *wanted)
{
  GPtrArray *out = g_ptr_array_new_with_free_func ((GDestroyNotify)qc_search_place_free);
  add_pages (out, window, text, wanted);
  add_units (out, window, session, text, wanted);
  add_commands (out, window, text, wanted);
  return out;
}

GPtrArray *
qc_search_places_find (QcWindow *window, QcSession *session, const char *text)
{
  g_return_val_if_fail (QC_IS_WINDOW (window) && QC_IS_SESSION (session) && text, NULL);
  return find (window, session, text, NULL);
}

QcSearchPlace *
qc_search_places_get (QcWindow *window, QcSession *session, const char *id)
{
  g_return_val_if_fail (QC_IS_WINDOW (window) && QC_IS_SESSION (session) && id, NULL);
  g_autoptr (GPtrArray) found = find (window, session, "", id);
  return found->len > 0 ? g_ptr_array_steal_index (found, 0) : NULL;
}
